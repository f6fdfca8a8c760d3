package nnlib

var _ Callback = (*LossHistory)(nil)

// LossHistory keeps the loss of every batch, as the callback of the Keras FAQ does.
// (History.BatchLoss has them anyway.)
type LossHistory struct{ Losses []float64 }

// Hooks starts anew.
func (l *LossHistory) Hooks(*Model) Hooks {
	l.Losses = nil
	return Hooks{OnBatchEnd: func(_ int, loss float64) { l.Losses = append(l.Losses, loss) },
		State:  func() ([]byte, error) { return pack64(l.Losses), nil },
		Resume: func(state []byte) error { l.Losses = unpack64(state); return nil }}
}
