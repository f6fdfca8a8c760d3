package trace

import (
	"fmt"
	"strings"
)

// tensors finds the first tensor that differs; false when the recorded steps are the same.
func (d *Divergence) tensors(a, b *Fit) bool {
	for i, x := range a.Tensors {
		if i >= len(b.Tensors) {
			return false
		}
		y := b.Tensors[i]
		if x.Step == y.Step && x.Kind == y.Kind && x.Name == y.Name && x.Hash == y.Hash {
			continue
		}
		d.From, d.To, d.Place = x.Step, x.Step+1, a.Place(x.Step)
		d.name(a, b, i)
		return true
	}
	return false
}

// name says what it means that record i is the first one that differs.
func (d *Divergence) name(a, b *Fit, i int) {
	x, y := a.Tensors[i], b.Tensors[i]
	if x.Kind != y.Kind || x.Name != y.Name {
		d.streams(x, y)
		return
	}
	d.First = pair(x, y)
	if x.Name != "" {
		d.Names = []string{x.Name}
	}
	switch x.Kind {
	case Weights:
		d.Class = ChangedWeights
		if x.Step == 0 {
			d.Class = InitialWeights
			d.otherLayers()
		}
	case Draws:
		d.draws(x, y)
	case Order:
		d.Class = OtherOrder
		d.note("the random streams of the training were drawn from as often; their places were others before it began, or the order was made without them")
	case Input, Target:
		d.Class = OtherData
		d.sample(a.Tensors[:i])
	case Activation:
		d.Class = Forward
		d.note("weights, draws, batch and the layers before it are the same")
	case LossValue:
		d.Class = Loss
		d.note("the outputs of the model are the same")
	case LossGrad, Gradient, InputGrad:
		d.Class = Backward
		d.note("the forward pass and the loss are the same")
	case Penalized:
		d.Class = Backward
		d.note("the gradients are the same; regularizers or clipping are not")
	case Rate:
		d.Class = OtherSetup
		d.note("all gradients are the same")
	default:
		d.Class = Update
		d.note("all gradients and the learning rate are the same")
	}
	if len(d.Setup) > 0 && d.Class == Update {
		d.Class = OtherSetup
	}
}

// streams is where one training has drawn from a stream that the other left alone.
func (d *Divergence) streams(x, y Tensor) {
	switch {
	case x.Kind == Draws && (y.Kind != Draws || x.Name < y.Name):
		d.draws(x, Tensor{})
	case y.Kind == Draws:
		d.draws(Tensor{Name: y.Name}, y)
	default:
		d.Class = Somewhere
		d.note("one makes %s %s where the other makes %s %s", x.Kind, x.Name, y.Kind, y.Name)
	}
}

func (d *Divergence) draws(x, y Tensor) {
	d.Class, d.Names = ExtraDraw, []string{"stream " + x.Name}
	d.First = &Pair{Kind: Draws, Name: x.Name, A: x.Number, B: y.Number}
	d.note("since the training began, %.0f and %.0f words were drawn from it", x.Number, y.Number)
}

// sample names the sample that differs, by its number in the data, from the record of the batch's order.
func (d *Divergence) sample(before []Tensor) {
	if d.First.Of == 0 || len(d.First.Element) == 0 {
		return
	}
	for i := len(before) - 1; i >= 0; i-- {
		t, row := before[i], d.First.Element[0]
		if t.Kind != Order || 4*row+4 > len(t.Values) {
			continue
		}
		what := "X"
		if d.First.Kind == Target {
			what = "y"
		}
		column := strings.Trim(strings.ReplaceAll(fmt.Sprint(d.First.Element[1:]), " ", ", "), "[]")
		d.note("it is row %.0f of %s, column %s; batch order and draws are the same", t.at(row), what, column)
		return
	}
}
