package nnlib

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

var (
	_ Callback = (*EarlyStopping)(nil)
	_ Callback = (*ReduceLROnPlateau)(nil)
	_ Callback = (*LearningRateScheduler)(nil)
	_ Callback = (*TerminateOnNaN)(nil)
	_ Callback = (*LossHistory)(nil)
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

// EarlyStopping ends training when a number has not improved for a while.
type EarlyStopping struct {
	Monitor            string // "val_loss" by default
	MinDelta           float64
	Patience           int
	Mode               string // "min", "max" or, by default, by the name
	StartFromEpoch     int
	RestoreBestWeights bool

	StoppedEpoch int // where it stopped; 0 if it did not
	BestEpoch    int
}

// Hooks starts watching.
func (e *EarlyStopping) Hooks(m *Model) Hooks {
	w := newWatch(e.Monitor, e.Mode, e.MinDelta)
	var best [][]float32
	e.StoppedEpoch, e.BestEpoch = 0, 0
	return Hooks{OnEpochEnd: func(epoch int, logs Logs) {
		if epoch < e.StartFromEpoch {
			return
		}
		if w.improved(logs, "EarlyStopping") {
			e.BestEpoch = epoch
			if e.RestoreBestWeights {
				best = m.snapshot()
			}
		} else if w.waited >= e.Patience {
			e.StoppedEpoch = epoch
			m.StopTraining()
		}
	}, OnTrainEnd: func() {
		if e.RestoreBestWeights && best != nil {
			m.restore(best)
		}
	}}
}

// ReduceLROnPlateau lowers the learning rate when a number has not improved for a while.
type ReduceLROnPlateau struct {
	Monitor  string  // "val_loss" by default
	Factor   float64 // 0.1 by default
	Patience int     // 10 by default
	MinDelta float64 // 0.0001 by default
	Cooldown int
	MinLR    float64
	Mode     string // "min", "max" or, by default, by the name
}

// Hooks starts watching.
func (r *ReduceLROnPlateau) Hooks(m *Model) Hooks {
	w, cooling := newWatch(r.Monitor, r.Mode, orNumber(r.MinDelta, 0.0001)), 0
	return Hooks{OnEpochEnd: func(_ int, logs Logs) {
		better := w.improved(logs, "ReduceLROnPlateau")
		if cooling > 0 {
			cooling--
			w.waited = 0
		}
		if !better && cooling == 0 && w.waited >= orInt(r.Patience, 10) {
			m.optimizer.SetRate(max(m.optimizer.Rate()*orNumber(r.Factor, 0.1), r.MinLR))
			cooling, w.waited = r.Cooldown, 0
		}
	}}
}

// LearningRateScheduler sets the rate of each epoch.
type LearningRateScheduler struct {
	Schedule func(epoch int, rate float64) float64
}

// Hooks calls Schedule before each epoch.
func (l *LearningRateScheduler) Hooks(m *Model) Hooks {
	return Hooks{OnEpochBegin: func(epoch int) { m.optimizer.SetRate(l.Schedule(epoch, m.optimizer.Rate())) }}
}

// TerminateOnNaN ends training quietly when the loss is no number. Without it Fit panics then.
type TerminateOnNaN struct{}

// Hooks watches the loss.
func (*TerminateOnNaN) Hooks(m *Model) Hooks {
	return Hooks{toleratesNaN: true, OnBatchEnd: func(_ int, loss float64) {
		if !finiteNumber(loss) {
			m.StopTraining()
		}
	}}
}

// LossHistory keeps the loss of every batch, as the callback of the Keras FAQ does.
// (History.BatchLoss has them anyway.)
type LossHistory struct{ Losses []float64 }

// Hooks starts anew.
func (l *LossHistory) Hooks(*Model) Hooks {
	l.Losses = nil
	return Hooks{OnBatchEnd: func(_ int, loss float64) { l.Losses = append(l.Losses, loss) }}
}
