package nnlib

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// A Resumable is an optimizer of one's own whose state can be kept in a checkpoint.
// All of nnlib's can.
type Resumable interface {
	// State returns what the optimizer has learnt, Resume sets it.
	State() ([]byte, error)
	Resume(state []byte) error
}

// A checkpoint is all that a training depends on beside the code and the data. The
// weights, the optimizer's slots and stateful layers' states are tensors beside it.
type checkpoint struct {
	Format    string            `json:"format"`
	Seed      uint64            `json:"seed"`
	Model     int               `json:"model"` // its number: part of its streams' names
	Optimizer savedOptimizer    `json:"optimizer"`
	Streams   map[string]uint64 `json:"streams"` // positions, by layer
	Shuffle   uint64            `json:"shuffle"`
	World     []byte            `json:"world,omitempty"`
	Training  *savedTraining    `json:"training,omitempty"`
}

const checkpointFormat = "reprise nnlib checkpoint 1"

type savedOptimizer struct {
	Class   string   `json:"class"`
	Steps   int      `json:"steps"`
	Product float64  `json:"product,omitempty"`
	Rate    *float64 `json:"rate,omitempty"` // nil where a schedule says it
	Kinds   int      `json:"kinds"`
	State   []byte   `json:"state,omitempty"` // of a Resumable
}

// SaveCheckpoint writes all that a training depends on, so that it can go on with
// the same bits as if it had never stopped: weights, the optimizer's state, the
// places in all random streams, the order of the samples, callbacks and history.
// It is the state at the end of the last epoch. BackupAndRestore does it by itself.
func (m *Model) SaveCheckpoint(path string) error {
	if !m.compiled {
		return errors.New("nnlib: the model is not compiled, so there is no training to save; use Save")
	}
	tensors, err := m.tensors()
	if err != nil {
		return err
	}
	c := checkpoint{Format: checkpointFormat, Seed: m.seed, Model: m.number, Streams: map[string]uint64{}}
	more, err := m.keepOptimizer(&c.Optimizer)
	if err != nil {
		return err
	}
	for _, b := range m.bounds() {
		c.Streams[b.name] = b.stream.Position()
		more = append(more, carriedOf(b)...)
	}
	if m.shuffle != nil {
		c.Shuffle = m.shuffle.Position()
	}
	if c.World, err = m.world.state(); err != nil {
		return err
	}
	if m.last != nil {
		if c.Training, err = m.last.saved(); err != nil {
			return err
		}
	}
	text, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("nnlib: %w", err)
	}
	return writeSafetensors(path, append(tensors, more...), map[string]string{"checkpoint": string(text)})
}

// bounds returns the layers, each once.
func (m *Model) bounds() (all []*bound) {
	for _, n := range m.nodes {
		if n.layer != nil && !slices.Contains(all, n.bound) {
			all = append(all, n.bound)
		}
	}
	return all
}

// keeper is an optimizer that keeps slots.
type keeper interface{ kept() *slots }

func (m *Model) keepOptimizer(s *savedOptimizer) (tensors []namedTensor, err error) {
	s.Class = typeName(m.optimizer)
	k, ok := m.optimizer.(keeper)
	if !ok {
		r, ok := as[Resumable](m.optimizer)
		if !ok {
			return nil, fmt.Errorf("nnlib: the optimizer %s cannot be kept in a checkpoint; give it the methods State() ([]byte, error) and Resume([]byte) error", s.Class)
		}
		s.State, err = r.State()
		return nil, err
	}
	slots := k.kept()
	s.Steps, s.Product, s.Kinds = slots.steps, slots.product, len(slots.tensors)
	if rate := m.optimizer.Rate(); !scheduled(m.optimizer) {
		s.Rate = &rate
	}
	learners := m.learners()
	for kind, list := range slots.tensors {
		for i, data := range list {
			tensors = append(tensors, namedTensor{slotName(kind, learners[i]), &Tensor{Shape: learners[i].Value.Shape, Data: data}})
		}
	}
	return tensors, nil
}

func slotName(kind int, p *Param) string { return fmt.Sprintf("optimizer/%d/%s", kind, p.Name) }

// carrier is a layer that carries its state from batch to batch, h and perhaps c.
type carrier interface{ carried() []**Tensor }

func carriedOf(b *bound) (tensors []namedTensor) {
	if l, ok := b.layer.(carrier); ok {
		for k, t := range l.carried() {
			if *t != nil {
				tensors = append(tensors, namedTensor{carriedName(b, k), *t})
			}
		}
	}
	return tensors
}

func carriedName(b *bound, k int) string { return fmt.Sprintf("carried/%d/%s", k, b.name) }

// LoadCheckpoint brings a model that was built and compiled by the same code, after
// the same Seed, to where SaveCheckpoint was called. The next Fit then goes on with
// the epoch after, in the same order of samples; its History begins with what was.
// When it returns an error, the model is unchanged.
func (m *Model) LoadCheckpoint(path string) error {
	data, err := readFile(path)
	if err != nil {
		return err
	}
	tensors, metadata, err := readSafetensors(path, data)
	if err != nil {
		return err
	}
	var c checkpoint
	if err := json.Unmarshal([]byte(metadata["checkpoint"]), &c); err != nil || c.Format != checkpointFormat {
		return fmt.Errorf("nnlib: %s is not a checkpoint of this version (%q); Save's files are read by LoadModel and LoadWeights", path, c.Format)
	}
	if err := m.fits(c, tensors); err != nil {
		return fmt.Errorf("nnlib: %s: %w", path, err)
	}
	if err := m.world.resume(c.World); err != nil {
		return fmt.Errorf("nnlib: %s: %w", path, err)
	}
	weights := map[string]*Tensor{}
	for _, p := range m.params {
		weights[p.Name] = tensors[p.Name]
	}
	if err := m.setWeights(path, weights); err != nil {
		return err
	}
	if err := m.resumeOptimizer(c.Optimizer, tensors); err != nil {
		return fmt.Errorf("nnlib: %s: the optimizer: %w", path, err)
	}
	m.resumeStreams(c, tensors)
	m.pending = c.Training
	return nil
}

// fits says what of the checkpoint is not this model's.
func (m *Model) fits(c checkpoint, tensors map[string]*Tensor) error {
	switch {
	case len(m.nodes) == 0:
		return errors.New("the model has no weights yet; say the shape of its input")
	case !m.compiled:
		return errors.New("the model is not compiled; call Compile as before the checkpoint was saved")
	case c.Seed != m.seed:
		return fmt.Errorf("it was saved under seed %d, this model was made under seed %d; call nnlib.Seed(%d) before the model is made", c.Seed, m.seed, c.Seed)
	case c.Optimizer.Class != typeName(m.optimizer):
		return fmt.Errorf("its optimizer is %s, this model's is %s", c.Optimizer.Class, typeName(m.optimizer))
	}
	for _, b := range m.bounds() {
		if _, ok := c.Streams[b.name]; !ok {
			return fmt.Errorf("it has no layer %s; it was saved from another model", b.name)
		}
	}
	for kind := range c.Optimizer.Kinds {
		for _, p := range m.learners() {
			if t := tensors[slotName(kind, p)]; t == nil || !slices.Equal(t.Shape, p.Value.Shape) {
				return fmt.Errorf("the optimizer's state for %s is missing or of another shape; it was saved from another model", p.Name)
			}
		}
	}
	return nil
}

func (m *Model) resumeOptimizer(s savedOptimizer, tensors map[string]*Tensor) error {
	k, ok := m.optimizer.(keeper)
	if !ok {
		r, ok := as[Resumable](m.optimizer)
		if !ok {
			return errors.New("it has no method Resume")
		}
		return r.Resume(s.State)
	}
	slots, learners := k.kept(), m.learners()
	slots.steps, slots.product, slots.tensors = s.Steps, s.Product, nil
	for kind := range s.Kinds {
		list := make([][]float32, len(learners))
		for i, p := range learners {
			list[i] = tensors[slotName(kind, p)].Data
		}
		slots.tensors = append(slots.tensors, list)
	}
	if s.Rate != nil {
		m.optimizer.SetRate(*s.Rate)
	}
	return nil
}

// resumeStreams gives the model the number that it had, and streams that go on where they were.
func (m *Model) resumeStreams(c checkpoint, tensors map[string]*Tensor) {
	for _, b := range m.bounds() {
		scope := slices.Clone(b.scope)
		if len(scope) > 1 && scope[1] == m.number {
			scope[1] = c.Model
		}
		b.scope, b.stream = scope, m.tree.Resumed(c.Seed, c.Streams[b.name], append(scope, "forward")...)
		if l, ok := b.layer.(carrier); ok {
			for k, t := range l.carried() {
				*t = tensors[carriedName(b, k)]
			}
		}
	}
	m.number = c.Model
	m.shuffle = m.tree.Resumed(c.Seed, c.Shuffle, append(m.path(), "shuffle")...)
}
