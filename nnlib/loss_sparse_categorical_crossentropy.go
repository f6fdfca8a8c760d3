package nnlib

var _ Loss = (*SparseCategoricalCrossentropyLoss)(nil)
var _ TargetShaper = (*SparseCategoricalCrossentropyLoss)(nil)

// SparseCategoricalCrossentropyLoss is CategoricalCrossentropyLoss with the number of the class in place of a one-hot row.
type SparseCategoricalCrossentropyLoss struct {
	FromLogits bool

	rows rowRoom
}

// Loss computes losses and gradient.
func (l *SparseCategoricalCrossentropyLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	rows, classes := lastAxis(pred)
	per := rows / len(losses)
	l.rows.resize(classes)
	for i := range losses {
		sum := 0.0
		for r := i * per; r < (i+1)*per; r++ {
			class := label(want.Data[r], classes)
			l.rows.want[class] = 1
			sum += crossentropyRow(gradRow(grad, r, classes), pred.Data[r*classes:(r+1)*classes], &l.rows, l.FromLogits, 1/float32(per))
			l.rows.want[class] = 0
		}
		losses[i] = sum / float64(per)
	}
}

// TargetShape leaves out the last axis: targets are numbers of classes.
func (*SparseCategoricalCrossentropyLoss) TargetShape(pred Shape) Shape { return pred[:len(pred)-1] }
