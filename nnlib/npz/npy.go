package npz

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

const magic = "\x93NUMPY"

// maxHeader is more than any header of numbers needs; NumPy's own limit is 10,000.
const maxHeader = 1 << 16

// ReadNpy reads one array in the .npy format. A file that does not hold what its
// header promises is an error, and nothing is allocated on the header's word alone.
func ReadNpy(r io.Reader) (Array, error) {
	h, err := readHeader(r)
	if err != nil {
		return Array{}, fmt.Errorf("npz: not a whole .npy array: %w", err)
	}
	a, err := Decode(h.descr, h.shape, r)
	if err == nil && h.fortran {
		a.Data = rowMajor(a.Data, a.Shape)
	}
	return a, err
}

// Decode reads the elements of an array of this type and shape, in C order.
func Decode(dtype string, shape []int, r io.Reader) (Array, error) {
	c, order, err := codecOf(dtype)
	if err != nil {
		return Array{}, fmt.Errorf("npz: %w", err)
	}
	n, ok := size(shape, math.MaxInt32*8)
	if !ok {
		return Array{}, fmt.Errorf("npz: not a whole array: a shape of %v", shape)
	}
	body, err := io.ReadAll(io.LimitReader(r, n*int64(c.width)))
	if err != nil || int64(len(body)) != n*int64(c.width) {
		return Array{}, fmt.Errorf("npz: not a whole array: %d of its %d bytes are there (%w)", len(body), n*int64(c.width), orEOF(err))
	}
	a := Array{DType: dtype, Shape: shape, Data: make([]float64, n)}
	for i := range a.Data {
		a.Data[i] = c.get(body[i*c.width:], order)
		if c.width == 8 && dtype[1] != 'f' && math.Abs(a.Data[i]) > 1<<53 {
			return Array{}, fmt.Errorf("npz: element %d is %v, and integers beyond 2^53 do not fit float64; save them as two arrays", i, a.Data[i])
		}
	}
	return a, nil
}

func orEOF(err error) error {
	if err == nil {
		return io.ErrUnexpectedEOF
	}
	return err
}

// rowMajor turns Fortran order, in which the first axis varies fastest, into C order.
func rowMajor(data []float64, shape []int) []float64 {
	out := make([]float64, len(data))
	index := make([]int, len(shape))
	for i := range out {
		at, stride := 0, 1
		for k, d := range shape {
			at += index[k] * stride
			stride *= d
		}
		out[i] = data[at]
		for k := len(shape) - 1; k >= 0; k-- {
			if index[k]++; index[k] < shape[k] {
				break
			}
			index[k] = 0
		}
	}
	return out
}

// WriteNpy writes an array in the .npy format, version 1.0, C order.
func WriteNpy(w io.Writer, a Array) error {
	if a.DType == "" {
		a.DType = "<f8"
	}
	c, _, err := codecOf(a.DType)
	if err == nil && (c.put == nil || a.DType[0] == '>') {
		err = fmt.Errorf("the type %q can be read but not written; use <f4 or <f8", a.DType)
	}
	if err != nil {
		return fmt.Errorf("npz: %w", err)
	}
	if n, ok := size(a.Shape, math.MaxInt32*8); !ok || n != int64(len(a.Data)) {
		return fmt.Errorf("npz: %d elements do not fill the shape %v", len(a.Data), a.Shape)
	}
	out := header(a)
	for _, v := range a.Data {
		out = append(out, make([]byte, c.width)...)
		c.put(out[len(out)-c.width:], v)
	}
	_, err = w.Write(out)
	return err
}

// header is what stands before the elements: a Python dict, padded so that they begin at a multiple of 64.
func header(a Array) []byte {
	shape := ""
	for _, d := range a.Shape {
		shape += strconv.Itoa(d) + ", "
	}
	if len(a.Shape) > 1 {
		shape = strings.TrimSuffix(shape, ", ")
	}
	text := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", a.DType, strings.TrimSuffix(shape, " "))
	for (len(magic)+4+len(text)+1)%64 != 0 {
		text += " "
	}
	text += "\n"
	out := append([]byte(magic), 1, 0)
	out = binary.LittleEndian.AppendUint16(out, uint16(len(text)))
	return append(out, text...)
}

type npyHeader struct {
	descr   string
	fortran bool
	shape   []int
}

func readHeader(r io.Reader) (h npyHeader, err error) {
	start := make([]byte, 8)
	if _, err := io.ReadFull(r, start); err != nil || !bytes.HasPrefix(start, []byte(magic)) {
		return h, errors.New("it does not begin with NumPy's mark")
	}
	length := make([]byte, 2)
	if start[6] != 1 {
		length = make([]byte, 4)
	}
	if _, err := io.ReadFull(r, length); err != nil || start[6] < 1 || start[6] > 3 {
		return h, fmt.Errorf("its format has version %d; 1, 2 and 3 are known", start[6])
	}
	n := binary.LittleEndian.Uint32(append(slices.Clone(length), 0, 0)[:4])
	if n > maxHeader {
		return h, fmt.Errorf("its header should have %d bytes", n)
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(r, text); err != nil {
		return h, errors.New("its header is cut off")
	}
	return parseHeader(string(text))
}
