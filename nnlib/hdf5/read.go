package hdf5

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"reprise/nnlib/npz"
)

const signature = "\x89HDF\r\n\x1a\n"

const undefined = ^uint64(0) // an address that is none

// A file is the bytes that are being read. Its methods check every address: a
// file that lies about one ends in an error.
type file struct {
	data   []byte
	seen   map[uint64]bool // groups on the way, so that a circle ends
	arrays []npz.Array
}

// Read returns all datasets, their paths ("layers/dense/vars/0") as names, sorted
// within their group as the file has them, which is by name.
func Read(data []byte) ([]npz.Array, error) {
	f := &file{data: data, seen: map[uint64]bool{}}
	root, err := f.superblock()
	if err == nil {
		err = f.object(root, "")
	}
	if err != nil {
		return nil, fmt.Errorf("hdf5: %w", err)
	}
	return f.arrays, nil
}

var errCut = errors.New("the file is cut off or damaged: it points beyond its end")

// bytes returns n bytes from an address.
func (f *file) bytes(at, n uint64) ([]byte, error) {
	if at > uint64(len(f.data)) || n > uint64(len(f.data))-at {
		return nil, errCut
	}
	return f.data[at : at+n], nil
}

// superblock is section II.A, version 0: it returns the root group's address.
func (f *file) superblock() (root uint64, err error) {
	b, err := f.bytes(0, 96)
	if err != nil || string(b[:8]) != signature {
		return 0, errors.New("this is no HDF5 file, or less than its beginning")
	}
	if b[8] != 0 || b[13] != 8 || b[14] != 8 {
		return 0, fmt.Errorf("its superblock has version %d, and only 0 is read here; write it without h5py's libver=\"latest\"", b[8])
	}
	if end := binary.LittleEndian.Uint64(b[40:]); end > uint64(len(f.data)) {
		return 0, fmt.Errorf("the file is cut off: %d of its %d bytes are there", len(f.data), end)
	}
	return binary.LittleEndian.Uint64(b[64:]), nil
}

// object reads a group or a dataset.
func (f *file) object(at uint64, path string) error {
	if f.seen[at] {
		return fmt.Errorf("%s is a group inside of itself, or has two names", path)
	}
	f.seen[at] = true
	messages, err := f.header(at)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if table := find(messages, messageSymbolTable); table != nil {
		return f.group(table.data, path)
	}
	if find(messages, messageLayout) == nil {
		return fmt.Errorf("%s is neither a group nor a dataset of the kinds that are read here", path)
	}
	a, err := f.dataset(messages)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	a.Name = path
	f.arrays = append(f.arrays, a)
	return nil
}

const (
	messageDataspace    = 0x01
	messageDatatype     = 0x03
	messageLayout       = 0x08
	messageFilters      = 0x0b
	messageContinuation = 0x10
	messageSymbolTable  = 0x11
)

type message struct {
	kind uint16
	data []byte
}

func find(messages []message, kind uint16) *message {
	for k := range messages {
		if messages[k].kind == kind {
			return &messages[k]
		}
	}
	return nil
}

// header is section IV.A.1.a, version 1, with its continuations (IV.A.2.q).
func (f *file) header(at uint64) (all []message, err error) {
	b, err := f.bytes(at, 16)
	if err != nil {
		return nil, err
	}
	if b[0] != 1 {
		return nil, errors.New("its header is of a newer form; write the file without h5py's libver=\"latest\" and track_order")
	}
	blocks := [][2]uint64{{at + 16, uint64(binary.LittleEndian.Uint32(b[8:]))}}
	for k := 0; k < len(blocks); k++ {
		block, err := f.bytes(blocks[k][0], blocks[k][1])
		if err != nil || k > 64 {
			return nil, errCut
		}
		for len(block) >= 8 {
			kind, size := binary.LittleEndian.Uint16(block), int(binary.LittleEndian.Uint16(block[2:]))
			if size > len(block)-8 {
				return nil, errCut
			}
			m := message{kind, block[8 : 8+size]}
			if kind == messageContinuation && size >= 16 {
				blocks = append(blocks, [2]uint64{binary.LittleEndian.Uint64(m.data), binary.LittleEndian.Uint64(m.data[8:])})
			}
			all = append(all, m)
			block = block[8+size:]
		}
	}
	return all, nil
}

// group is section IV.A.2.r: a B-tree of names and a heap of their letters.
func (f *file) group(table []byte, path string) error {
	if len(table) < 16 {
		return errCut
	}
	heap, err := f.heap(binary.LittleEndian.Uint64(table[8:]))
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return f.tree(binary.LittleEndian.Uint64(table), heap, path, 0)
}

// heap is section III.D: it returns the letters.
func (f *file) heap(at uint64) ([]byte, error) {
	b, err := f.bytes(at, 32)
	if err != nil || string(b[:4]) != "HEAP" {
		return nil, errCut
	}
	return f.bytes(binary.LittleEndian.Uint64(b[24:]), binary.LittleEndian.Uint64(b[8:]))
}

// tree is section III.A.1: a node of a B-tree, version 1.
func (f *file) tree(at uint64, heap []byte, path string, depth int) error {
	b, err := f.bytes(at, 24)
	if err != nil || string(b[:4]) != "TREE" || b[4] != 0 || depth > 16 {
		return errCut
	}
	n, leaf := uint64(binary.LittleEndian.Uint16(b[6:])), b[5] == 0
	children, err := f.bytes(at+24, n*16)
	if err != nil {
		return err
	}
	for k := range n {
		child := binary.LittleEndian.Uint64(children[16*k+8:])
		if leaf {
			err = f.node(child, heap, path)
		} else {
			err = f.tree(child, heap, path, depth+1)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// node is section III.B: names and what they stand for.
func (f *file) node(at uint64, heap []byte, path string) error {
	b, err := f.bytes(at, 8)
	if err != nil || string(b[:4]) != "SNOD" {
		return errCut
	}
	n := uint64(binary.LittleEndian.Uint16(b[6:]))
	entries, err := f.bytes(at+8, 40*n)
	if err != nil {
		return err
	}
	for k := range n {
		e := entries[40*k:]
		start := binary.LittleEndian.Uint64(e)
		if start > uint64(len(heap)) {
			return errCut
		}
		end := slices.Index(heap[start:], 0)
		if end < 0 || len(path) > 4096 {
			return errCut
		}
		name := string(heap[start : start+uint64(end)])
		if path != "" {
			name = path + "/" + name
		}
		if err := f.object(binary.LittleEndian.Uint64(e[8:]), name); err != nil {
			return err
		}
	}
	return nil
}
