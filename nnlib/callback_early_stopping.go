package nnlib

var _ Callback = (*EarlyStopping)(nil)

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
	}, State: func() ([]byte, error) {
		return w.state(savedStop{e.BestEpoch, packAll(best)})
	}, Resume: func(state []byte) error {
		var s savedStop
		err := w.resume(state, &s)
		e.BestEpoch, best = s.Best, unpackAll(s.Weights)
		return err
	}}
}

// savedStop is what a checkpoint keeps of EarlyStopping.
type savedStop struct {
	Best    int
	Weights [][]byte
}
