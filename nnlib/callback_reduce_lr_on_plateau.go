package nnlib

var _ Callback = (*ReduceLROnPlateau)(nil)

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
	}, State: func() ([]byte, error) { return w.state(cooling) },
		Resume: func(state []byte) error { return w.resume(state, &cooling) }}
}
