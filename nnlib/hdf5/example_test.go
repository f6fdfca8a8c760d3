package hdf5_test

import (
	"fmt"

	"reprise/nnlib/hdf5"
	"reprise/nnlib/npz"
)

func Example() {
	data, err := hdf5.Bytes([]npz.Array{npz.New("layers/dense/vars/0", []float64{1, 2}, 2)})
	if err != nil {
		panic(err)
	}
	arrays, err := hdf5.Read(data) // h5py reads it too
	fmt.Println(arrays, err)
	// Output: [layers/dense/vars/0 <f4 [2]] <nil>
}
