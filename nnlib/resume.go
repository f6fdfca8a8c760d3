package nnlib

import (
	"fmt"
	"maps"
	"slices"
)

// A savedTraining is one call of Fit at the end of an epoch.
type savedTraining struct {
	Epoch     int          `json:"epoch"` // the next one
	BatchSize int          `json:"batch_size"`
	NoShuffle bool         `json:"no_shuffle"`
	Data      string       `json:"data"`              // hash of X, y and the weights of the samples; empty when saved after Fit
	Stopped   bool         `json:"stopped,omitempty"` // by a callback
	Order     []byte       `json:"order"`             // of the samples
	Callbacks []savedState `json:"callbacks"`
	History   savedHistory `json:"history"`
}

type savedState struct {
	Kept  bool   `json:"kept"`
	State []byte `json:"state,omitempty"`
}

// A savedHistory has the bits of a History's numbers.
type savedHistory struct {
	Epoch                    []int
	Loss, BatchLoss, ValLoss []byte
	Metrics                  map[string][]byte
}

func (t *training) saved() (*savedTraining, error) {
	s := &savedTraining{Epoch: t.ended, BatchSize: t.BatchSize, NoShuffle: t.NoShuffle, Data: t.fingerprint(), Stopped: t.stop, Order: packInts(t.work.index)}
	for i, h := range t.hooks {
		var state savedState
		if h.State != nil {
			var err error
			if state.State, err = h.State(); err != nil {
				return nil, fmt.Errorf("nnlib: callback %d: %w", i, err)
			}
			state.Kept = true
		}
		s.Callbacks = append(s.Callbacks, state)
	}
	h := t.history
	s.History = savedHistory{h.Epoch, pack64(h.Loss), pack64(h.BatchLoss), pack64(h.ValLoss), map[string][]byte{}}
	for _, name := range slices.Sorted(maps.Keys(h.Metrics)) {
		s.History.Metrics[name] = pack64(h.Metrics[name])
	}
	return s, nil
}

// resume brings a training that has not begun to where a saved one was.
func (t *training) resume(s *savedTraining) error {
	if s == nil {
		return nil
	}
	order := unpackInts(s.Order)
	switch {
	case s.BatchSize != t.BatchSize || s.NoShuffle != t.NoShuffle:
		return fmt.Errorf("nnlib: the checkpoint's training had BatchSize %d and NoShuffle %v, this one has %d and %v; it can only go on as it began", s.BatchSize, s.NoShuffle, t.BatchSize, t.NoShuffle)
	case len(order) != len(t.work.index) || s.Data != "" && s.Data != t.fingerprint():
		return fmt.Errorf("nnlib: the checkpoint's training had %d samples of other data than this one's %d; it can only go on with the same", len(order), len(t.work.index))
	case len(s.Callbacks) != len(t.hooks):
		return fmt.Errorf("nnlib: the checkpoint's training had %d callbacks, this one has %d; it can only go on as it began", len(s.Callbacks), len(t.hooks))
	}
	copy(t.work.index, order)
	for i, c := range s.Callbacks {
		if c.Kept != (t.hooks[i].Resume != nil) {
			return fmt.Errorf("nnlib: callback %d is not the one that the checkpoint's training had", i)
		}
		if c.Kept {
			if err := t.hooks[i].Resume(c.State); err != nil {
				return fmt.Errorf("nnlib: callback %d cannot go on: %w", i, err)
			}
		}
	}
	h := t.history
	h.Epoch, h.Loss, h.BatchLoss, h.ValLoss = s.History.Epoch, unpack64(s.History.Loss), unpack64(s.History.BatchLoss), unpack64(s.History.ValLoss)
	if len(h.ValLoss) == 0 {
		h.ValLoss = nil
	}
	for _, name := range slices.Sorted(maps.Keys(s.History.Metrics)) {
		h.Metrics[name] = unpack64(s.History.Metrics[name])
	}
	if f, ok := t.feeder.(sourced); ok {
		f.skip(s.Epoch)
	}
	t.InitialEpoch, t.ended, t.stop = s.Epoch, s.Epoch, s.Stopped
	return nil
}

// fingerprint is a hash of the data, taken once; empty after Fit, which lets go of them.
func (t *training) fingerprint() string {
	if t.digest != "" || t.x == nil {
		return t.digest
	}
	t.digest = fmt.Sprintf("%016x", t.hashData())
	return t.digest
}
