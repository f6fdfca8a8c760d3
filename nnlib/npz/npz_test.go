package npz_test

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reprise/nnlib/npz"
)

// testdata/numpy.npz was written by numpy (generate.py): 0 to 23 minus 5 in every type.
func TestReadsWhatNumPyWrote(t *testing.T) {
	arrays, err := npz.ReadFile("testdata/numpy.npz")
	if err != nil || len(arrays) != 23 {
		t.Fatal(len(arrays), err)
	}
	for _, a := range arrays[4:] {
		if !slices.Equal(a.Shape, []int{2, 3, 4}) {
			t.Errorf("%v has another shape", a)
		}
		for i, v := range a.Data {
			want := float64(i - 5)
			if strings.Contains(a.DType, "u") {
				want = math.Abs(want)
			}
			if strings.Contains(a.DType, "b") {
				want = map[bool]float64{true: 1}[i != 5]
			}
			if v != want {
				t.Errorf("%v: element %d is %v, want %v", a, i, v, want)
			}
		}
	}
	scalar, _ := npz.Find(arrays, "scalar")
	empty, _ := npz.Find(arrays, "empty")
	fortran, _ := npz.Find(arrays, "fortran")
	vector, err := npz.Find(arrays, "vector")
	if err != nil || len(scalar.Shape) != 0 || scalar.Data[0] != 2.5 || !slices.Equal(empty.Shape, []int{0, 3}) || fortran.Data[23] != 18 || fortran.Data[1] != -4 ||
		vector.Float32s()[1] != float32(1)/3 {
		t.Error(scalar, empty, fortran.Data, vector, err)
	}
	if _, err := npz.Find(arrays, "none"); err == nil || !strings.Contains(err.Error(), "vector") {
		t.Error(err)
	}
}

func TestWritesAndReadsBack(t *testing.T) {
	var arrays []npz.Array
	for _, dtype := range []string{"<f8", "<f4", "<i8", "<i4", "<i2", "|i1", "|u1", "<u2", "<u4", "<u8", "|b1"} {
		arrays = append(arrays, npz.Array{Name: "a/" + dtype[1:], DType: dtype, Shape: []int{3}, Data: []float64{0, 1, 1}})
	}
	arrays = append(arrays, npz.New("scalar", []float64{7}), npz.New("wide", make([]float64, 12), 3, 2, 2))
	path := filepath.Join(t.TempDir(), "x.npz")
	if err := npz.WriteFile(path, arrays...); err != nil {
		t.Fatal(err)
	}
	back, err := npz.ReadFile(path)
	if err != nil || fmt.Sprint(back) != fmt.Sprint(arrays) {
		t.Fatal(back, err)
	}
	for k := range back {
		if !slices.Equal(back[k].Data, arrays[k].Data) {
			t.Error(back[k])
		}
	}
}

func TestMistakes(t *testing.T) {
	whole, err := os.ReadFile("testdata/numpy.npz")
	if err != nil {
		t.Fatal(err)
	}
	npy := func(header string) []byte {
		return append([]byte("\x93NUMPY\x01\x00"+string([]byte{byte(len(header)), 0})+header), make([]byte, 8)...)
	}
	for _, c := range []struct {
		data []byte
		say  string
	}{
		{whole[:len(whole)/2], "neither a .npy file nor a whole .npz file"},
		{npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"), "is not one of numbers"},
		{npy("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }"), "save it as float32"},
		{npy("{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }"), "8 of its 24 bytes"},
		{npy("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999, 99999999999), }"), "a shape of"},
		{npy("{'descr': '<f8', 'shape': (1,), }"), "keys descr"},
		{npy("{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (1,), }"), "plain numbers"},
		{bytes.Replace(npy("{'descr': '<u8', 'fortran_order': False, 'shape': (1,), }"), make([]byte, 8), bytes.Repeat([]byte{255}, 8), 1), "beyond 2^53"},
		{[]byte("\x93NUMPY\x02\x00\xff\xff\xff\xff"), "header should have 4294967295 bytes"},
		{[]byte("\x93NUMPY\x09\x00\xff\xff\xff\xff"), "version 9"},
		{nil, "neither a .npy file"},
	} {
		if _, err := npz.Read(c.data); err == nil || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%q says %v, want %q", c.data[:min(len(c.data), 60)], err, c.say)
		}
	}
	if err := npz.WriteNpy(&bytes.Buffer{}, npz.New("x", []float64{1}, 2)); err == nil {
		t.Error("a wrong shape is written")
	}
	if _, err := npz.Bytes(npz.New("x", nil, 0), npz.New("x", nil, 0)); err == nil {
		t.Error("one name twice is written")
	}
}

// Whatever the bytes, reading ends with arrays that their shapes describe, or an error.
func FuzzRead(f *testing.F) {
	whole, err := os.ReadFile("testdata/numpy.npz")
	if err != nil {
		f.Fatal(err)
	}
	var one bytes.Buffer
	if err := npz.WriteNpy(&one, npz.New("", []float64{1, 2}, 2, 1)); err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(one.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		arrays, err := npz.Read(data)
		for _, a := range arrays {
			n := 1
			for _, d := range a.Shape {
				n *= d
			}
			if err == nil && n != len(a.Data) {
				t.Errorf("%v has %d elements", a, len(a.Data))
			}
		}
	})
}

func Example() {
	path := filepath.Join(os.TempDir(), "example.npz")
	defer os.Remove(path)
	err := npz.WriteFile(path, npz.New("x", []float64{1, 2, 3, 4}, 2, 2), npz.New("y", []float64{0, 1}, 2))
	if err != nil {
		panic(err)
	}
	arrays, err := npz.ReadFile(path) // numpy.load reads it too
	for _, a := range arrays {
		fmt.Println(a, a.Data)
	}
	fmt.Println(err)
	// Output:
	// x <f8 [2 2] [1 2 3 4]
	// y <f8 [2] [0 1]
	// <nil>
}
