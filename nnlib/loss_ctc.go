package nnlib

import (
	"fmt"

	"reprise/nnlib/exact"
)

var (
	_ Loss          = (*CTCLoss)(nil)
	_ TargetShaper  = (*CTCLoss)(nil)
	_ TargetChecker = (*CTCLoss)(nil)
)

// CTCLoss is connectionist temporal classification: minus the logarithm of the
// probability of all ways to say the labels within the time there is, each label for one
// or more steps, with blanks between them. Graves and others, 2006; Keras's CTC.
//
// Predictions are logits [batch time classes], of which class 0 is the blank. Targets
// are numbers of classes [batch labels], any number of labels; samples with fewer of
// them end with zeros.
type CTCLoss struct {
	paths alignment
	logs  []float32 // [time classes], ln of the probabilities of one sample
	exps  []float32
}

// Loss computes losses and gradient.
func (l *CTCLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	if len(pred.Shape) != 3 {
		panic(fmt.Errorf("nnlib: ctc wants predictions [batch time classes] without masked time steps, got %v; leave out Masking and MaskZero", pred.Shape))
	}
	steps, classes := pred.Shape[1], pred.Shape[2]
	size, labels := steps*classes, len(want.Data)/len(losses)
	if len(l.logs) != size {
		l.logs = make([]float32, size)
	}
	for i := range losses {
		logits := pred.Data[i*size : (i+1)*size]
		for t := 0; t < size; t += classes {
			logSoftmax(l.logs[t:t+classes], logits[t:t+classes], &l.exps)
		}
		l.paths.spell(want.Data[i*labels:(i+1)*labels], steps, classes)
		losses[i] = -l.paths.forward(l.logs, classes)
		if grad != nil {
			exact.ExpTo(grad.Data[i*size:(i+1)*size], l.logs)
			l.paths.backward(grad.Data[i*size:(i+1)*size], l.logs, classes)
		}
	}
}

// TargetShape is any number of labels.
func (*CTCLoss) TargetShape(pred Shape) Shape {
	if len(pred) != 2 {
		panic(fmt.Errorf("nnlib: ctc wants predictions of samples [time classes], the model makes %v; let it return sequences", pred))
	}
	return Shape{-1}
}

// CheckTargets wants whole numbers from 1, and zeros behind them only.
func (*CTCLoss) CheckTargets(want *Tensor) error {
	rows, labels := lastAxis(want)
	for r := range rows {
		ended := false
		for _, w := range want.Data[r*labels : (r+1)*labels] {
			if float32(exact.ToInt(float64(w))) != w || w < 0 {
				return fmt.Errorf("ctc wants numbers of classes from 1, got %v in sample %d; number the classes from 1, 0 is the blank", w, r)
			}
			if ended && w != 0 {
				return fmt.Errorf("ctc got the label %v behind a 0 in sample %d; 0 is the blank and stands at the end only, to make samples equally long; number the classes from 1", w, r)
			}
			ended = w == 0
		}
	}
	return nil
}
