package hdf5

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"reprise/nnlib/npz"
)

// dataset reads a dataset's numbers.
func (f *file) dataset(messages []message) (a npz.Array, err error) {
	space, kind, layout := find(messages, messageDataspace), find(messages, messageDatatype), find(messages, messageLayout)
	if space == nil || kind == nil {
		return a, errCut
	}
	if find(messages, messageFilters) != nil {
		return a, errors.New("it is compressed; write it without compression")
	}
	if a.Shape, err = shapeOf(space.data); err != nil {
		return a, err
	}
	width := 0
	if a.DType, width, err = dtypeOf(kind.data); err != nil {
		return a, err
	}
	n := uint64(width)
	for _, d := range a.Shape {
		if d > 0 && n > uint64(len(f.data))/uint64(d) {
			return a, fmt.Errorf("a shape of %v does not fit the file; it is cut off or damaged", a.Shape)
		}
		n *= uint64(d)
	}
	raw, err := f.raw(layout.data, n)
	if err != nil {
		return a, err
	}
	whole, err := npz.Decode(a.DType, a.Shape, bytes.NewReader(raw))
	return whole, err
}

// shapeOf is section IV.A.2.b: a dataspace, versions 1 and 2.
func shapeOf(b []byte) ([]int, error) {
	if len(b) < 4 || b[0] < 1 || b[0] > 2 {
		return nil, errors.New("its dataspace is of a form that is not read here")
	}
	rank, at := int(b[1]), 8
	if b[0] == 2 {
		at = 4
	}
	if len(b) < at+8*rank || rank > 32 {
		return nil, errCut
	}
	shape := []int{}
	for k := range rank {
		d := binary.LittleEndian.Uint64(b[at+8*k:])
		if d > 1<<40 {
			return nil, errCut
		}
		shape = append(shape, int(d))
	}
	return shape, nil
}

// dtypeOf is section IV.A.2.d: NumPy's name for a datatype of numbers.
func dtypeOf(b []byte) (dtype string, width int, err error) {
	if len(b) < 8 {
		return "", 0, errCut
	}
	width = int(binary.LittleEndian.Uint32(b[4:]))
	order, letter := "<", "u"
	if b[1]&1 != 0 {
		order = ">"
	}
	class := b[0] & 15
	switch {
	case class == 1:
		letter = "f"
	case class == 0 && b[1]&8 != 0:
		letter = "i"
	case class != 0:
		return "", 0, fmt.Errorf("its elements are of HDF5's class %d; only whole and floating-point numbers are read", class)
	}
	if width != 1 && width != 2 && width != 4 && width != 8 {
		return "", 0, fmt.Errorf("its numbers have %d bytes; save it as float32", width)
	}
	return fmt.Sprintf("%s%s%d", order, letter, width), width, nil
}

// raw is section IV.A.2.i: where n bytes of elements are. Versions 3 and 4.
func (f *file) raw(b []byte, n uint64) ([]byte, error) {
	if len(b) < 4 || b[0] < 3 {
		return nil, errors.New("its layout is of a form that is not read here")
	}
	switch b[1] {
	case 0: // in the header
		size := int(binary.LittleEndian.Uint16(b[2:]))
		if len(b) < 4+size || uint64(size) < n {
			return nil, errCut
		}
		return b[4 : 4+n], nil
	case 1: // in one piece
		if len(b) < 18 {
			return nil, errCut
		}
		at := binary.LittleEndian.Uint64(b[2:])
		if at == undefined { // never written: zeros
			return make([]byte, n), nil
		}
		return f.bytes(at, n)
	}
	return nil, errors.New("it is stored in chunks; write it without chunks and compression")
}
