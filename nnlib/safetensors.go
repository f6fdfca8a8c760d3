package nnlib

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"reprise/nnlib/exact"
	"reprise/nnlib/npz"
)

type namedTensor struct {
	name string
	*Tensor
}

// A tensorEntry is a tensor in the header of a safetensors file.
type tensorEntry struct {
	DType   string   `json:"dtype"`
	Shape   []int    `json:"shape"`
	Offsets [2]int64 `json:"data_offsets"`
}

const metadataName = "__metadata__"

// writeSafetensors writes the format of github.com/huggingface/safetensors: the
// length of a JSON header, the header, the tensors little-endian. NaNs are made canonical.
func writeSafetensors(path string, tensors []namedTensor, metadata map[string]string) error {
	header, at := map[string]any{}, int64(0)
	if metadata != nil {
		header[metadataName] = metadata
	}
	for _, t := range tensors {
		if _, twice := header[t.name]; twice {
			return fmt.Errorf("nnlib: two weights are called %s; give their layers different names", t.name)
		}
		size := int64(4 * len(t.Data))
		header[t.name] = tensorEntry{"F32", append([]int{}, t.Shape...), [2]int64{at, at + size}}
		at += size
	}
	text, err := json.Marshal(header) // sorts the names
	if err != nil {
		return fmt.Errorf("nnlib: %s: %w", path, err)
	}
	for len(text)%8 != 0 {
		text = append(text, ' ')
	}
	out := binary.LittleEndian.AppendUint64(nil, uint64(len(text)))
	out = append(out, text...)
	for _, t := range tensors {
		values := slices.Clone(t.Data)
		exact.Canonical32(values)
		for _, v := range values {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(v))
		}
	}
	return writeWhole(path, out)
}

// maxSafetensorsHeader is the limit of the reference implementation.
const maxSafetensorsHeader = 100_000_000

// readSafetensors reads a file of floating-point tensors, and trusts nothing in it:
// what github.com/huggingface/safetensors refuses is refused.
func readSafetensors(path string, data []byte) (tensors map[string]*Tensor, metadata map[string]string, err error) {
	broken := func(format string, args ...any) error {
		return fmt.Errorf("nnlib: %s is not a whole safetensors file: %s", path, fmt.Sprintf(format, args...))
	}
	if len(data) < 8 {
		return nil, nil, broken("it has %d bytes", len(data))
	}
	n := binary.LittleEndian.Uint64(data)
	if n > uint64(len(data)-8) || n > maxSafetensorsHeader {
		return nil, nil, broken("its header should have %d bytes, there are %d", n, len(data)-8)
	}
	header, err := safetensorsHeader(data[8 : 8+n])
	if err != nil {
		return nil, nil, broken("its header: %v", err)
	}
	body, covered := data[8+n:], int64(0)
	tensors = map[string]*Tensor{}
	for _, name := range slices.Sorted(maps.Keys(header)) {
		if name == metadataName {
			if err := json.Unmarshal(header[name], &metadata); err != nil {
				return nil, nil, broken("its metadata: %v", err)
			}
			continue
		}
		var e tensorEntry
		if err := json.Unmarshal(header[name], &e); err != nil {
			return nil, nil, broken("tensor %s: %v", name, err)
		}
		if safetensorsTypes[e.DType].width == 0 {
			return nil, nil, fmt.Errorf("nnlib: %s has tensor %s of type %s; save it as F32", path, name, e.DType)
		}
		t, ok := decodeTensor(e, body)
		if !ok {
			return nil, nil, broken("tensor %s of shape %v lies at %v of %d bytes", name, e.Shape, e.Offsets, len(body))
		}
		tensors[name] = t
		covered += e.Offsets[1] - e.Offsets[0]
	}
	if covered != int64(len(body)) {
		return nil, nil, broken("its tensors have %d bytes, and %d are there", covered, len(body))
	}
	return tensors, metadata, nil
}

// safetensorsHeader reads a JSON object whose keys are all different.
func safetensorsHeader(text []byte) (map[string]json.RawMessage, error) {
	if !bytes.HasPrefix(text, []byte("{")) {
		return nil, errors.New("it does not begin with {")
	}
	d := json.NewDecoder(bytes.NewReader(text))
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	header := map[string]json.RawMessage{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		name := fmt.Sprint(key)
		if _, twice := header[name]; twice {
			return nil, fmt.Errorf("it has %s twice", name)
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return nil, err
		}
		header[name] = raw
	}
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	if rest := bytes.TrimRight(text[d.InputOffset():], " "); len(rest) > 0 {
		return nil, fmt.Errorf("something follows it: %.20q", rest)
	}
	return header, nil
}

// safetensorsTypes are the types that can be read. A float64 is rounded to nearest.
var safetensorsTypes = map[string]struct {
	width int64
	value func(b []byte) float32
}{
	"F32":  {4, func(b []byte) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(b)) }},
	"F64":  {8, func(b []byte) float32 { return float32(math.Float64frombits(binary.LittleEndian.Uint64(b))) }},
	"BF16": {2, func(b []byte) float32 { return math.Float32frombits(uint32(binary.LittleEndian.Uint16(b)) << 16) }},
	"F16":  {2, func(b []byte) float32 { return float32(npz.Half(binary.LittleEndian.Uint16(b))) }},
}

func decodeTensor(e tensorEntry, body []byte) (*Tensor, bool) {
	low, high := e.Offsets[0], e.Offsets[1]
	if low < 0 || high < low || high > int64(len(body)) {
		return nil, false
	}
	kind := safetensorsTypes[e.DType]
	size := kind.width
	for _, d := range e.Shape {
		if d < 0 || d > 0 && size > int64(len(body))/int64(d) {
			return nil, false
		}
		size *= int64(d)
	}
	if size != high-low {
		return nil, false
	}
	t := NewTensor(e.Shape...)
	for i := range t.Data {
		t.Data[i] = kind.value(body[low+kind.width*int64(i):])
	}
	return t, true
}
