package datasets

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"

	"reprise/nnlib"
	"reprise/nnlib/npz"
)

// idxTypes are the types of numbers in IDX files, all big-endian, by the third byte.
var idxTypes = map[byte]string{0x08: "|u1", 0x09: "|i1", 0x0b: ">i2", 0x0c: ">i4", 0x0d: ">f4", 0x0e: ">f8"}

// IDX reads a file of the format in which MNIST comes, gzipped or not: pixels stay
// from 0 to 255. Format: yann.lecun.com/exdb/mnist, "The IDX file format".
func IDX(path string) (*nnlib.Tensor, error) {
	r, closing, err := open(path)
	if err != nil {
		return nil, err
	}
	defer closing()
	t, err := readIDX(r)
	if err != nil {
		return nil, fmt.Errorf("datasets: %s is not a whole IDX file: %w", path, err)
	}
	return t, nil
}

func readIDX(r io.Reader) (*nnlib.Tensor, error) {
	start := make([]byte, 4)
	if _, err := io.ReadFull(r, start); err != nil || start[0] != 0 || start[1] != 0 || idxTypes[start[2]] == "" {
		return nil, errors.New("it does not begin with two zeros and a known type")
	}
	var shape []int
	size := 1
	for range start[3] {
		var d uint32
		if err := binary.Read(r, binary.BigEndian, &d); err != nil {
			return nil, errors.New("its shape is cut off")
		}
		if d > 0 && size > math.MaxInt32/int(d) {
			return nil, fmt.Errorf("its shape %v would not fit the memory", append(shape, int(d)))
		}
		size *= int(d)
		shape = append(shape, int(d))
	}
	a, err := npz.Decode(idxTypes[start[2]], shape, r)
	if err != nil {
		return nil, err
	}
	if n, _ := r.Read(make([]byte, 1)); n > 0 {
		return nil, errors.New("something follows its numbers")
	}
	return tensorOf(a), nil
}

// MNIST reads the four files of MNIST, or of a set in its form such as Fashion-MNIST,
// from a folder: train-images-idx3-ubyte and so on, with .gz or without. Images are
// [n 28 28 1] from 0 to 1, labels [n].
func MNIST(folder string) (XTrain, yTrain, XTest, yTest *nnlib.Tensor, err error) {
	var tensors [4]*nnlib.Tensor
	for k, name := range []string{"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"} {
		path := filepath.Join(folder, name)
		if _, missing := os.Stat(path); missing != nil {
			path += ".gz"
		}
		if tensors[k], err = IDX(path); err != nil {
			return nil, nil, nil, nil, err
		}
		if k%2 == 0 {
			if len(tensors[k].Shape) != 3 {
				return nil, nil, nil, nil, fmt.Errorf("datasets: %s has the shape %v, not images", path, tensors[k].Shape)
			}
			for i := range tensors[k].Data {
				tensors[k].Data[i] /= 255
			}
			tensors[k] = tensors[k].Reshape(append(tensors[k].Shape, 1)...)
		} else if tensors[k].Shape[0] != tensors[k-1].Shape[0] {
			return nil, nil, nil, nil, fmt.Errorf("datasets: %s has %d labels for %d images", path, tensors[k].Shape[0], tensors[k-1].Shape[0])
		}
	}
	return tensors[0], tensors[1], tensors[2], tensors[3], nil
}

// NPZ reads all arrays of a .npz file, or the one of a .npy file, by name.
func NPZ(path string) (map[string]*nnlib.Tensor, error) {
	arrays, err := npz.ReadFile(path)
	if err != nil {
		return nil, err
	}
	tensors := map[string]*nnlib.Tensor{}
	for _, a := range arrays {
		tensors[a.Name] = tensorOf(a)
	}
	return tensors, nil
}

func tensorOf(a npz.Array) *nnlib.Tensor {
	return &nnlib.Tensor{Shape: a.Shape, Data: a.Float32s()}
}
