package nnlib

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
)

// watch follows one of an epoch's numbers.
type watch struct {
	monitor  string
	minDelta float64
	larger   bool // is better
	best     float64
	waited   int
}

// newWatch takes "loss" and "error" names for ones that should fall, all others for ones that should rise.
func newWatch(monitor, mode string, minDelta float64) watch {
	if monitor == "" {
		monitor = "val_loss"
	}
	falls := []string{"loss", "mse", "mae", "mape", "msle", "error", "hinge", "crossentropy", "divergence", "poisson", "huber", "cosh"}
	w := watch{monitor: monitor, minDelta: math.Abs(minDelta)}
	w.larger = mode == "max" || mode != "min" && !slices.ContainsFunc(falls, func(s string) bool { return strings.HasSuffix(monitor, s) })
	w.best = math.Inf(1)
	if w.larger {
		w.best = math.Inf(-1)
	}
	return w
}

// improved takes the epoch's number and says whether it is a new best.
func (w *watch) improved(logs Logs, who string) bool {
	v, ok := logs[w.monitor]
	if !ok {
		panic(fmt.Errorf("nnlib: %s monitors %q, which this training does not have; add validation data or the metric, or set Monitor to one of %v", who, w.monitor, logs.names()))
	}
	better := v < w.best-w.minDelta
	if w.larger {
		better = v > w.best+w.minDelta
	}
	w.waited++
	if better {
		w.best, w.waited = v, 0
	}
	return better
}

// A savedWatch is a watch in a checkpoint; Best are the number's bits, as it may be infinite.
type savedWatch struct {
	Best   uint64
	Waited int
	More   json.RawMessage `json:",omitempty"`
}

// state keeps the watch, and more of the callback.
func (w *watch) state(more any) ([]byte, error) {
	raw, err := json.Marshal(more)
	if err != nil {
		return nil, err
	}
	return json.Marshal(savedWatch{math.Float64bits(w.best), w.waited, raw})
}

func (w *watch) resume(state []byte, more any) error {
	var s savedWatch
	if err := json.Unmarshal(state, &s); err != nil {
		return err
	}
	w.best, w.waited = math.Float64frombits(s.Best), s.Waited
	return json.Unmarshal(s.More, more)
}
