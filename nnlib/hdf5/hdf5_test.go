package hdf5_test

import (
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"reprise/nnlib/hdf5"
	"reprise/nnlib/npz"
)

// testdata/h5py.h5 was written by h5py (generate.py): element i of array k is i+k.
func TestReadsWhatH5pyWrote(t *testing.T) {
	data, err := os.ReadFile("testdata/h5py.h5")
	if err != nil {
		t.Fatal(err)
	}
	arrays, err := hdf5.Read(data)
	if err != nil || len(arrays) != 16 {
		t.Fatal(len(arrays), err)
	}
	for _, a := range arrays[:12] {
		var k int
		if _, err := fmt.Sscanf(a.Name, "layers/dense_%d/vars/0", &k); err != nil || !slices.Equal(a.Shape, []int{2, 3}) {
			t.Fatal(a, err)
		}
		for i, v := range a.Data {
			if v != float64(i+k) {
				t.Errorf("%v: element %d is %v", a, i, v)
			}
		}
	}
	if got := fmt.Sprint(arrays[12:]); got != "[others/big >f8 [2] others/count <i8 [] others/empty <f4 [0 3] others/small <u1 [2]]" {
		t.Error(got)
	}
	for _, a := range arrays[12:14] {
		if a.Data[0] != 7 {
			t.Error(a, a.Data)
		}
	}
}

func TestWritesAndReadsBack(t *testing.T) {
	var arrays []npz.Array
	for k := range 30 {
		arrays = append(arrays, npz.Array{Name: fmt.Sprintf("layers/dense_%02d/vars/0", k), DType: "<f4", Shape: []int{2, 1}, Data: []float64{float64(k), 0.5}})
	}
	arrays = append(arrays, npz.Array{Name: "scalar", DType: "<f4", Shape: []int{}, Data: []float64{3}})
	data, err := hdf5.Bytes(arrays, "vars", "layers/flatten/vars")
	if err != nil {
		t.Fatal(err)
	}
	back, err := hdf5.Read(data)
	if err != nil || fmt.Sprint(back) != fmt.Sprint(arrays) || back[3].Data[0] != 3 || back[30].Data[0] != 3 {
		t.Fatal(back, err)
	}
	for _, wrong := range [][]npz.Array{{arrays[0], arrays[0]}, {arrays[30], {Name: "scalar/x"}}, {{Name: "x", Shape: []int{2}}}} {
		if _, err := hdf5.Bytes(wrong); err == nil {
			t.Errorf("%v is written", wrong)
		}
	}
}

func TestMistakes(t *testing.T) {
	data, err := os.ReadFile("testdata/h5py.h5")
	if err != nil {
		t.Fatal(err)
	}
	latest := slices.Clone(data)
	latest[8] = 3
	compressed, err := os.ReadFile("testdata/compressed.h5")
	if err != nil {
		t.Fatal(err)
	}
	far := slices.Clone(data)
	binary.LittleEndian.PutUint64(far[64:], 1<<40)
	for _, c := range []struct {
		data []byte
		say  string
	}{{data[:len(data)/2], "cut off: "}, {latest, `without h5py's libver="latest"`}, {compressed, "x: it is compressed"}, {far, "points beyond its end"}, {nil, "no HDF5 file"}} {
		if _, err := hdf5.Read(c.data); err == nil || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%v, want %q", err, c.say)
		}
	}
}

// Whatever the bytes, reading ends, in arrays that their shapes describe or in an error.
func FuzzRead(f *testing.F) {
	small, err := hdf5.Bytes([]npz.Array{{Name: "a/b", DType: "<f4", Shape: []int{2}, Data: []float64{1, 2}}})
	if err != nil {
		f.Fatal(err)
	}
	theirs, err := os.ReadFile("testdata/compressed.h5")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(small)
	f.Add(theirs)
	f.Fuzz(func(t *testing.T, data []byte) {
		arrays, _ := hdf5.Read(data)
		for _, a := range arrays {
			n := 1
			for _, d := range a.Shape {
				n *= d
			}
			if n != len(a.Data) {
				t.Errorf("%v has %d elements", a, len(a.Data))
			}
		}
	})
}
