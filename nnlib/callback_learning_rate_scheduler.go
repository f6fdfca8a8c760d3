package nnlib

var _ Callback = (*LearningRateScheduler)(nil)

// LearningRateScheduler sets the rate of each epoch.
type LearningRateScheduler struct {
	Schedule func(epoch int, rate float64) float64
}

// Hooks calls Schedule before each epoch.
func (l *LearningRateScheduler) Hooks(m *Model) Hooks {
	return Hooks{OnEpochBegin: func(epoch int) { m.optimizer.SetRate(l.Schedule(epoch, m.optimizer.Rate())) }}
}
