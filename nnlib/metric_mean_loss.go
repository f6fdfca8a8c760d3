package nnlib

var _ Metric = (*MeanLossMetric)(nil)

// MeanLossMetric is the mean of a loss over the samples: "mae" as a metric is
// MeanLossMetric{Loss: "mae"}.
type MeanLossMetric struct {
	Loss any // a name or a Loss

	loss   Loss
	losses []float64
	mean   mean
}

// Name returns the loss's name.
func (m *MeanLossMetric) Name() string {
	if name, ok := m.Loss.(string); ok {
		return name
	}
	return "mean_loss"
}

// Reset forgets all batches.
func (m *MeanLossMetric) Reset() { m.mean = mean{} }

// Update adds a batch.
func (m *MeanLossMetric) Update(pred, want *Tensor, weights []float64) {
	if m.loss == nil {
		loss, err := losses.named("loss", m.Loss)
		if err != nil {
			panic(err)
		}
		m.loss = loss
	}
	n := pred.Shape[0]
	if len(m.losses) < n {
		m.losses = make([]float64, n)
	}
	m.loss.Loss(m.losses[:n], nil, pred, want)
	for i, v := range m.losses[:n] {
		m.mean.add(v, weightOf(weights, i))
	}
}

// Result returns the mean.
func (m *MeanLossMetric) Result() float64 { return m.mean.result() }
