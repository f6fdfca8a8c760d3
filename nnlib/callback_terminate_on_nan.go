package nnlib

var _ Callback = (*TerminateOnNaN)(nil)

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
