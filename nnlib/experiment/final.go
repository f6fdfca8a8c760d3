package experiment

import (
	"fmt"
	"html"
	"math"
	"strings"

	"reprise/nnlib"
)

// FinalOptions say how Finalize trains the model that is to be used.
type FinalOptions struct {
	Members int    // models that are averaged; 0: 5
	Name    string // of the model
	// Evaluated are the scores of the repeats that decided for this model. They say what
	// to expect of it; the final model itself has no score, as no data are left to test it on.
	Evaluated *Scores
	Maximize  bool // higher scores are better
}

// An Ensemble is several models of one architecture, trained on the same data under
// different seeds. Averaging their predictions takes away most of what the seed
// does to one of them (Hansen and Salamon 1990).
type Ensemble struct {
	Name    string
	Models  []*nnlib.Model
	Seeds   []uint64 // of each model's training
	Seed    uint64   // of the root in force at Finalize
	Lock    string   // the versions and the arithmetic that trained it
	Source  string   // digest of the code that trained it; empty outside a notebook
	Expect  string   // what the evaluation lets one expect
	Differs string   // of a loaded one: how this program differs from the one that trained it
}

// Finalize trains the model for use: train builds and fits it on all the data, once for every
// member, each under a root of random streams of its own, made from the session's seed and the
// member's number. No member is chosen by its score: the best of several runs was
// lucky, and its score says less than their mean (see Scores.BestOf).
func Finalize(o FinalOptions, train func(run Run) *nnlib.Model) *Ensemble {
	if o.Members == 0 {
		o.Members = 5
	}
	if o.Members < 1 {
		panic(fmt.Errorf("experiment: Finalize wants at least 1 member, got %d", o.Members))
	}
	wantNative("Finalize")
	h := attached()
	e := &Ensemble{Name: o.Name, Seed: nnlib.Root().Seed(), Lock: h.lock(), Expect: o.expect()}
	if h.Source != nil {
		e.Source = h.Source().Digest
	}
	defer nnlib.Progress("")
	for i := range o.Members {
		nnlib.Progress(fmt.Sprintf("final model %d of %d", i+1, o.Members))
		run := Run{Number: i, Seed: nnlib.Root().Sub("final", i).Seed()}
		m := member(run, train)
		if m == nil {
			panic(fmt.Errorf("experiment: Finalize got no model for member %d; return the model that was fitted", i))
		}
		e.Models, e.Seeds = append(e.Models, m), append(e.Seeds, run.Seed)
	}
	return e
}

// member trains with the run's root in force.
func member(run Run, train func(Run) *nnlib.Model) *nnlib.Model {
	root := nnlib.Root()
	root.Push(run.Seed)
	defer root.Pop()
	return train(run)
}

func (o FinalOptions) expect() string {
	if o.Evaluated == nil {
		return ""
	}
	s := o.Evaluated.Summary()
	text := fmt.Sprintf("in %d repeats one such model scored %.4g on average (95 %% interval of the mean %s)", s.N, s.Mean, s.MeanCI)
	if s.N == 1 {
		return text
	}
	return text + "; " + o.Evaluated.BestOf(s.N, o.Maximize).String()
}

// Predict is the mean of the members' predictions for each sample of X, summed in the order of the members.
func (e *Ensemble) Predict(X any) *nnlib.Tensor {
	first := e.Models[0].Predict(X)
	sums := make([]float64, len(first.Data))
	for _, m := range e.Models {
		for i, v := range m.Predict(X).Data {
			sums[i] += float64(v)
		}
	}
	out := nnlib.NewTensor(first.Shape...)
	for i, s := range sums {
		out.Data[i] = float32(s / float64(len(e.Models)))
	}
	return out
}

// Spread is the standard deviation of the members' predictions: how much the seed still
// decides for each sample. It is zero for one member.
func (e *Ensemble) Spread(X any) *nnlib.Tensor {
	out := nnlib.NewTensor(e.Models[0].Predict(X).Shape...)
	all := make([][]float64, len(out.Data))
	for _, m := range e.Models {
		for i, v := range m.Predict(X).Data {
			all[i] = append(all[i], float64(v))
		}
	}
	for i, values := range all {
		if len(values) > 1 {
			out.Data[i] = float32(math.Sqrt(momentsOf(values).variance()))
		}
	}
	return out
}

func (e *Ensemble) lines() []string {
	name := e.Name
	if name == "" {
		name = "final model"
	}
	lines := []string{fmt.Sprintf("%s: mean of %d models, seed %d", name, len(e.Models), e.Seed)}
	for _, l := range []string{e.Expect, e.Differs} {
		if l != "" {
			lines = append(lines, l)
		}
	}
	return lines
}

// String says what the model is and what to expect of it.
func (e *Ensemble) String() string { return strings.Join(e.lines(), "\n") }

// HTML says what the model is and what to expect of it.
func (e *Ensemble) HTML() string {
	return "<p>" + strings.ReplaceAll(html.EscapeString(e.String()), "\n", "<br>\n") + "</p>\n"
}
