package hdf5

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"reprise/nnlib/npz"
)

// A group is what is about to be written: its members, each a *group or a *npz.Array.
type group struct{ members map[string]any }

// Bytes returns an HDF5 file with these arrays as float32 datasets under their
// names, which are paths, and with all groups on the way; further groups may be
// empty. h5py and Keras read it. The same arrays give the same bytes.
func Bytes(arrays []npz.Array, groups ...string) ([]byte, error) {
	root := &group{map[string]any{}}
	for _, path := range groups {
		if _, err := root.at(strings.Split(path, "/")); err != nil {
			return nil, err
		}
	}
	for k := range arrays {
		if err := root.put(&arrays[k]); err != nil {
			return nil, err
		}
	}
	w := &writer{leaf: root.widest()}
	w.out = make([]byte, 96)
	header, tree, heap := w.group(root)
	w.superblock(header, tree, heap)
	return w.out, nil
}

func (g *group) at(path []string) (*group, error) {
	for _, name := range path {
		if g.members[name] == nil {
			g.members[name] = &group{map[string]any{}}
		}
		inner, ok := g.members[name].(*group)
		if !ok || name == "" {
			return nil, fmt.Errorf("hdf5: %q in %q cannot be a group", name, strings.Join(path, "/"))
		}
		g = inner
	}
	return g, nil
}

func (g *group) put(a *npz.Array) error {
	n := 1
	for _, d := range a.Shape {
		n *= d
	}
	if n != len(a.Data) {
		return fmt.Errorf("hdf5: %d elements do not fill the shape %v of %s", len(a.Data), a.Shape, a.Name)
	}
	path := strings.Split(a.Name, "/")
	name := path[len(path)-1]
	in, err := g.at(path[:len(path)-1])
	if err == nil && (in.members[name] != nil || name == "") {
		err = fmt.Errorf("hdf5: %q is there twice, or no name", a.Name)
	}
	if err != nil {
		return err
	}
	in.members[name] = a
	return nil
}

// widest is the most members that any group has.
func (g *group) widest() int {
	n := len(g.members)
	for _, name := range slices.Sorted(maps.Keys(g.members)) {
		if inner, ok := g.members[name].(*group); ok {
			n = max(n, inner.widest())
		}
	}
	return n
}

// A writer appends objects. Every group has one node of names: the superblock says
// that a node may be as wide as the widest.
type writer struct {
	out  []byte
	leaf int
}

func (w *writer) u16(v int)    { w.out = binary.LittleEndian.AppendUint16(w.out, uint16(v)) }
func (w *writer) u32(v int)    { w.out = binary.LittleEndian.AppendUint32(w.out, uint32(v)) }
func (w *writer) u64(v uint64) { w.out = binary.LittleEndian.AppendUint64(w.out, v) }

// here returns the next address, a multiple of 8.
func (w *writer) here() uint64 {
	for len(w.out)%8 != 0 {
		w.out = append(w.out, 0)
	}
	return uint64(len(w.out))
}

func (w *writer) leafK() int { return max(4, (w.leaf+1)/2) }

const internalK = 16

// superblock is section II.A, version 0, ending in the root group's entry (III.C).
func (w *writer) superblock(header, tree, heap uint64) {
	b := &writer{out: []byte(signature)}
	b.out = append(b.out, 0, 0, 0, 0, 0, 8, 8, 0)
	b.u16(w.leafK())
	b.u16(internalK)
	b.u32(0)
	for _, v := range []uint64{0, undefined, uint64(len(w.out)), undefined, 0, header} {
		b.u64(v)
	}
	b.u32(1) // the scratch space holds the symbol table
	b.u32(0)
	b.u64(tree)
	b.u64(heap)
	copy(w.out, b.out)
}

// group writes the members first, then what names them.
func (w *writer) group(g *group) (header, tree, heap uint64) {
	names := slices.Sorted(maps.Keys(g.members))
	entries, letters := &writer{}, make([]byte, 8)
	last := 0
	for _, name := range names {
		last = len(letters)
		entries.u64(uint64(last))
		letters = append(letters, name+"\x00"...)
		for len(letters)%8 != 0 {
			letters = append(letters, 0)
		}
		if inner, ok := g.members[name].(*group); ok {
			at, tree, heap := w.group(inner)
			entries.u64(at)
			entries.u32(1)
			entries.u32(0)
			entries.u64(tree)
			entries.u64(heap)
			continue
		}
		entries.u64(w.dataset(g.members[name].(*npz.Array)))
		for range 3 {
			entries.u64(0)
		}
	}
	heap = w.heap(letters)
	tree = w.tree(w.node(len(names), entries.out), len(names), uint64(last))
	return w.header(message{messageSymbolTable, w.addresses(tree, heap)}), tree, heap
}

func (w *writer) addresses(list ...uint64) []byte {
	b := &writer{}
	for _, v := range list {
		b.u64(v)
	}
	return b.out
}

// heap is section III.D, with no free room.
func (w *writer) heap(letters []byte) uint64 {
	at := w.here()
	w.out = append(w.out, "HEAP\x00\x00\x00\x00"...)
	w.u64(uint64(len(letters)))
	w.u64(1) // the free list is empty
	w.u64(at + 32)
	w.out = append(w.out, letters...)
	return at
}

// node is section III.B, padded to its full width.
func (w *writer) node(n int, entries []byte) uint64 {
	at := w.here()
	w.out = append(w.out, "SNOD\x01\x00"...)
	w.u16(n)
	w.out = append(w.out, entries...)
	w.out = append(w.out, make([]byte, 40*(2*w.leafK()-n))...)
	return at
}

// tree is section III.A.1 with one child, or none for an empty group.
func (w *writer) tree(node uint64, members int, last uint64) uint64 {
	at := w.here()
	w.out = append(w.out, "TREE\x00\x00"...)
	w.u16(min(members, 1))
	w.u64(undefined)
	w.u64(undefined)
	w.u64(0)
	if members > 0 {
		w.u64(node)
		w.u64(last)
	}
	full := int(at) + 24 + 8*(2*internalK+1) + 8*2*internalK
	w.out = append(w.out, make([]byte, full-len(w.out))...)
	return at
}

// dataset writes float32 elements and their header.
func (w *writer) dataset(a *npz.Array) uint64 {
	data := w.here()
	for _, v := range a.Data {
		w.u32(int(math.Float32bits(float32(v))))
	}
	if len(a.Data) == 0 {
		data = undefined
	}
	space := &writer{out: []byte{1, byte(len(a.Shape)), 0, 0, 0, 0, 0, 0}}
	for _, d := range a.Shape {
		space.u64(uint64(d))
	}
	kind := &writer{out: []byte{0x11, 0x20, 31, 0, 4, 0, 0, 0}} // IEEE 754, little-endian, sign in bit 31
	kind.u16(0)
	kind.u16(32)
	kind.out = append(kind.out, 23, 8, 0, 23)
	kind.u32(127)
	kind.u32(0)
	layout := &writer{out: []byte{3, 1}}
	layout.u64(data)
	layout.u64(uint64(4 * len(a.Data)))
	fill := []byte{2, 2, 2, 0, 0, 0, 0, 0} // IV.A.2.f: allocated late, written if set, undefined
	return w.header(message{messageDataspace, space.out}, message{messageDatatype, kind.out}, message{messageFill, fill}, message{messageLayout, layout.out})
}

const messageFill = 0x05

// header is section IV.A.1.a, version 1.
func (w *writer) header(messages ...message) uint64 {
	body := &writer{}
	for _, m := range messages {
		for len(m.data)%8 != 0 {
			m.data = append(m.data, 0)
		}
		body.u16(int(m.kind))
		body.u16(len(m.data))
		body.u32(0)
		body.out = append(body.out, m.data...)
	}
	at := w.here()
	w.out = append(w.out, 1, 0)
	w.u16(len(messages))
	w.u32(1)
	w.u32(len(body.out))
	w.u32(0)
	w.out = append(w.out, body.out...)
	return at
}
