package nnlib

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"reprise/nnlib/trace"
)

// A History is what happened in Fit.
type History struct {
	Epoch     []int     // from 0, as in Keras
	Loss      []float64 // of each epoch: the mean over its samples while they were learnt
	BatchLoss []float64 // of each batch, one epoch after the other
	ValLoss   []float64 // of each epoch, where there are validation data

	// Metrics has the columns "mae", "val_mae" and so on, one number for each
	// epoch; also "lr" where the rate changes.
	Metrics map[string][]float64

	trace *trace.Fit // nil in a History that Fit did not make
}

// last returns the last epoch's numbers.
func (h *History) last() Logs {
	logs := Logs{"loss": h.Loss[len(h.Loss)-1]}
	if n := len(h.ValLoss); n > 0 {
		logs["val_loss"] = h.ValLoss[n-1]
	}
	for _, name := range slices.Sorted(maps.Keys(h.Metrics)) {
		column := h.Metrics[name]
		logs[name] = column[len(column)-1]
	}
	return logs
}

// Digest is the SHA-256 of the bits of all batch losses: two trainings with one
// digest went the same way.
func (h *History) Digest() string {
	sum := sha256.New()
	for _, l := range h.BatchLoss {
		sum.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(l)))
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Trace returns what Fit has noted of its way, in hashes: of the data, the losses,
// the draws and the weights.
func (h *History) Trace() *trace.Fit {
	if h.trace == nil {
		return &trace.Fit{}
	}
	return h.trace.Settle()
}

// Diff tells where two trainings part, and why as far as their traces know: another
// setting, other data, other initial weights, or the first step that differs. To be
// told the layer and the tensor, fit both again with Fit.ZoomFrom and ZoomTo around
// the step, and compare those.
func (h *History) Diff(other *History) *trace.Divergence {
	d := trace.Compare(h.Trace(), other.Trace())
	for i := range min(len(h.BatchLoss), len(other.BatchLoss)) {
		if x, y := h.BatchLoss[i], other.BatchLoss[i]; math.Float64bits(x) != math.Float64bits(y) && !(x != x && y != y) {
			d.Loss(h.Trace(), i, x, y)
			break
		}
	}
	return d
}

// String is one line: how many epochs, and the first and last loss.
func (h *History) String() string {
	if len(h.Loss) == 0 {
		return "History: no epochs"
	}
	var b strings.Builder
	last := len(h.Loss) - 1
	fmt.Fprintf(&b, "History: %d epochs, %d batches, loss %.6g to %.6g", len(h.Loss), len(h.BatchLoss), h.Loss[0], h.Loss[last])
	if len(h.ValLoss) > 0 {
		fmt.Fprintf(&b, ", val_loss %.6g to %.6g", h.ValLoss[0], h.ValLoss[len(h.ValLoss)-1])
	}
	return b.String()
}
