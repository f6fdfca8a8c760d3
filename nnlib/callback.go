package nnlib

// A Callback takes part in a training.
type Callback interface {
	// Hooks is called at the beginning of Fit.
	Hooks(m *Model) Hooks
}

var _ Callback = Hooks{}

// Hooks are functions that Fit calls; each may be nil. A Hooks is a Callback
// itself: a cell can pass Hooks{OnEpochEnd: func(epoch int, logs Logs) { ... }}.
type Hooks struct {
	OnTrainBegin func()
	OnTrainEnd   func()
	OnEpochBegin func(epoch int)
	OnEpochEnd   func(epoch int, logs Logs)
	OnBatchEnd   func(batch int, loss float64)

	// State returns what a checkpoint keeps of the callback, Resume sets it, before OnTrainBegin.
	State  func() ([]byte, error)
	Resume func(state []byte) error

	toleratesNaN bool // the callback deals with a loss that is not finite
	// Of BackupAndRestore: before all callbacks begin, after all of them have ended an epoch, and at the end.
	restore, backup, done func(t *training)
}

// Logs are an epoch's numbers: "loss", "val_loss", metrics, as in History.
type Logs map[string]float64

// Hooks returns h.
func (h Hooks) Hooks(*Model) Hooks { return h }

func (h *Hooks) trainBegin() {
	if h.OnTrainBegin != nil {
		h.OnTrainBegin()
	}
}

func (h *Hooks) trainEnd() {
	if h.OnTrainEnd != nil {
		h.OnTrainEnd()
	}
}

func (h *Hooks) epochBegin(epoch int) {
	if h.OnEpochBegin != nil {
		h.OnEpochBegin(epoch)
	}
}

func (h *Hooks) epochEnd(epoch int, logs Logs) {
	if h.OnEpochEnd != nil {
		h.OnEpochEnd(epoch, logs)
	}
}

func (h *Hooks) batchEnd(batch int, loss float64) {
	if h.OnBatchEnd != nil {
		h.OnBatchEnd(batch, loss)
	}
}
