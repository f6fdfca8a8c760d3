package nnlib

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// record ends an epoch: validation, history, callbacks.
func (t *training) record(epoch int, loss float64) {
	h := t.history
	h.Epoch = append(h.Epoch, epoch)
	h.Loss = append(h.Loss, loss)
	t.recordMetrics("")
	switch {
	case t.validation.source != nil:
		h.ValLoss = append(h.ValLoss, t.Model.evaluateSource(t.validation.source))
		t.recordMetrics("val_")
	case t.validation.x != nil:
		h.ValLoss = append(h.ValLoss, t.Model.evaluate(t.validation.x, t.validation.y, t.BatchSize))
		t.recordMetrics("val_")
	}
	if len(t.hooks) == 0 {
		return
	}
	logs := h.last()
	for i := range t.hooks {
		t.hooks[i].epochEnd(epoch, logs)
	}
}

func (t *training) recordMetrics(prefix string) {
	for _, m := range t.metrics {
		name := prefix + m.Name()
		column := t.history.Metrics[name]
		if column == nil {
			column = make([]float64, 0, min(t.Epochs, 1<<20))
		}
		t.history.Metrics[name] = append(column, m.Result())
	}
}

// report shows the progress, at most every 50 ms; the line is gone in the end,
// so that no saved output depends on the time.
func (t *training) report(epoch, batch, rows int, loss float64) {
	if t.Verbose == 0 || time.Since(t.shown) < 50*time.Millisecond {
		return
	}
	t.shown = time.Now()
	done, n := t.share(batch, rows)
	const width = 24
	filled := width * done / n
	bar := strings.Repeat("█", filled) + strings.Repeat("░", width-filled)
	t.progress(fmt.Sprintf("Epoch %d/%d %s %d/%d - loss: %.4g", epoch+1, t.Epochs, bar, done, n, loss))
}

func (t *training) toleratesNaN() bool {
	for i := range t.hooks {
		if t.hooks[i].toleratesNaN {
			return true
		}
	}
	return false
}

// StopTraining ends the training at hand after this batch; callbacks call it.
func (m *Model) StopTraining() {
	if m.stopping != nil {
		*m.stopping = true
	}
}

func finiteNumber(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }
