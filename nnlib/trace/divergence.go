package trace

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Class says what kind of difference it is that came first.
type Class string

// Classes of differences.
const (
	Same           Class = "same"
	OtherModel     Class = "other model"             // other layers or weights: no step can be compared
	OtherSetup     Class = "other hyper-parameter"   // of the same model
	OtherLength    Class = "other number of steps"   // the same as far as both went
	InitialWeights Class = "initial weights differ"  // before the first step
	ChangedWeights Class = "weights changed outside" // between two steps, by a callback say
	ExtraDraw      Class = "extra draw"              // from a random stream
	OtherOrder     Class = "other batch order"
	OtherData      Class = "data changed"
	Forward        Class = "arithmetic, forward"
	Loss           Class = "arithmetic, loss"
	Backward       Class = "arithmetic, backward"
	Update         Class = "arithmetic, optimizer"
	Somewhere      Class = "steps differ" // without a closer look
)

// A Change is a setting that the two trainings do not share; empty where one has none.
type Change struct {
	Name string `json:"name"`
	A    string `json:"a"`
	B    string `json:"b"`
}

// A Divergence says where two trainings part.
type Divergence struct {
	Class  Class    `json:"class"`
	Model  string   `json:"model,omitempty"`
	Setup  []Change `json:"setup,omitempty"`
	From   int      `json:"from"` // the first step that differs, from 0, is one of From
	To     int      `json:"to"`   // to To-1; equal when no step does
	Place  string   `json:"place,omitempty"`
	Names  []string `json:"names,omitempty"` // the layer, weights or stream
	Detail []string `json:"detail,omitempty"`
	First  *Pair    `json:"first,omitempty"` // the first tensor that differs

	cut int
}

// Located reports whether the step is known exactly.
func (d *Divergence) Located() bool { return d.To == d.From+1 }

// Cut returns the step from which on the tensors of a zoom had no more room; 0 when they were whole.
func (d *Divergence) Cut() int { return d.cut }

// String says it in a few lines.
func (d *Divergence) String() string {
	var b strings.Builder
	b.WriteString(d.headline())
	for _, c := range d.Setup {
		fmt.Fprintf(&b, "\n  %s: %s and %s", c.Name, orNone(c.A), orNone(c.B))
	}
	if d.First != nil {
		fmt.Fprintf(&b, "\n  first: %s", d.First)
	}
	for _, line := range d.Detail {
		fmt.Fprintf(&b, "\n  %s", line)
	}
	return b.String()
}

func (d *Divergence) headline() string {
	text := string(d.Class)
	if len(d.Names) > 0 {
		text += ": " + strings.Join(d.Names, ", ")
	}
	if d.Place != "" {
		text += ", " + d.Place
	}
	return text
}

func orNone(s string) string {
	if s == "" {
		return "(none)"
	}
	return s
}

// Compare tells where two trainings part, as near as their traces know. When both hold
// tensors, it is the first tensor; else a range of steps.
func Compare(a, b *Fit) *Divergence {
	a.Settle()
	b.Settle()
	d := &Divergence{Class: Same, Model: a.Model, Setup: changes(a.Setup, b.Setup), cut: max(a.Cut, b.Cut)}
	switch {
	case !slices.Equal(a.Weights, b.Weights):
		d.Class, d.Names = OtherModel, others(a.Weights, b.Weights)
	case len(a.Tensors) > 0 && len(b.Tensors) > 0 && d.tensors(a, b):
	case a.Digest != b.Digest || !equalChecks(a, b):
		d.checks(a, b)
	case a.Data != "" && b.Data != "" && a.Data != b.Data:
		d.Class = OtherData
		d.note("the hashes of all samples and targets differ, and the training did not notice")
	case len(d.Setup) > 0:
		d.Class = OtherSetup
		d.note("losses, draws and weights are the same nevertheless")
	}
	return d
}

// Loss adds that the loss of a step, the first one that does, differs: what is wrong is not later.
func (d *Divergence) Loss(f *Fit, step int, x, y float64) {
	d.note("loss of %s: %v and %v", f.Place(step), x, y)
	if d.Class == Same {
		d.Class = Somewhere // the traces know nothing
	}
	if d.First != nil || d.Class == InitialWeights || step < d.From || step >= d.To {
		return
	}
	d.To = step + 1
	d.place(f)
}

// place says in words where the range of steps lies.
func (d *Divergence) place(f *Fit) {
	switch {
	case d.To <= d.From:
	case d.Located():
		d.Place = f.Place(d.From)
	default:
		d.Place = "between " + f.Place(d.From) + " and " + f.Place(d.To-1)
	}
}

func (d *Divergence) note(format string, args ...any) {
	d.Detail = append(d.Detail, fmt.Sprintf(format, args...))
}

// checks narrows the steps by what both traces have hashed.
func (d *Divergence) checks(a, b *Fit) {
	d.From, d.To = 0, min(a.Steps, b.Steps)
	var x, y *Check
	for i := range a.Checks {
		p, q := &a.Checks[i], checkAt(b, a.Checks[i].Step)
		if q == nil {
			continue
		}
		if !same(p, q) {
			x, y, d.To = p, q, p.Step
			break
		}
		d.From = p.Step
	}
	d.classify(a, b, x, y)
	d.place(a)
}

// classify says what is known of a difference from the first checks that differ, nil where all are the same.
func (d *Divergence) classify(a, b *Fit, x, y *Check) {
	d.Class = Somewhere
	if a.Data != "" && b.Data != "" && a.Data != b.Data {
		d.Class = OtherData
	}
	switch {
	case x == nil && a.Steps != b.Steps:
		d.note("the trainings made %d and %d steps", a.Steps, b.Steps)
		if d.Class == Somewhere && d.From == d.To {
			d.Class = OtherLength
		}
	case x == nil && len(a.Checks) == 0:
	case x == nil:
		d.note("the checks of both are the same; what differs came after the last one")
	case x.Step == 0:
		d.Class, d.Names = InitialWeights, differing(a.Weights, x, y)
		d.otherLayers()
		d.From, d.To = 0, 0
	default:
		if x.Draws != y.Draws {
			d.note("draws from the random streams of the training differ")
		}
		if x.Loss != y.Loss {
			d.note("losses differ")
		}
		if names := differing(a.Weights, x, y); len(names) > 0 {
			d.note("weights differ: %s", strings.Join(names, ", "))
		} else if !slices.Equal(x.Weights, y.Weights) {
			d.note("weights differ")
		}
	}
	if len(d.Setup) > 0 && d.Class == Somewhere {
		d.Class = OtherSetup
	}
}

// otherLayers takes back that initial weights differ where the layers do.
func (d *Divergence) otherLayers() {
	var names []string
	for _, c := range d.Setup {
		if layer, ok := strings.CutPrefix(c.Name, LayerSetting); ok {
			names = append(names, layer)
		}
	}
	if len(names) > 0 {
		d.Class, d.Names = OtherModel, names
	}
}

// LayerSetting begins the name of a setting that describes a layer.
const LayerSetting = "layer "

func equalChecks(a, b *Fit) bool {
	for i := range a.Checks {
		if q := checkAt(b, a.Checks[i].Step); q != nil && !same(&a.Checks[i], q) {
			return false
		}
	}
	return true
}

func checkAt(f *Fit, step int) *Check {
	i, ok := slices.BinarySearchFunc(f.Checks, step, func(c Check, step int) int { return c.Step - step })
	if !ok {
		return nil
	}
	return &f.Checks[i]
}

func same(p, q *Check) bool {
	return p.Loss == q.Loss && p.Draws == q.Draws && slices.Equal(p.Weights, q.Weights)
}

func differing(names []string, x, y *Check) []string {
	var list []string
	for i, name := range names {
		if i < len(x.Weights) && i < len(y.Weights) && x.Weights[i] != y.Weights[i] {
			list = append(list, name)
		}
	}
	return list
}

// others lists what only one side has.
func others(a, b []string) []string {
	var list []string
	for _, name := range a {
		if !slices.Contains(b, name) {
			list = append(list, name)
		}
	}
	for _, name := range b {
		if !slices.Contains(a, name) {
			list = append(list, name)
		}
	}
	return list
}

func changes(a, b map[string]string) []Change {
	all := maps.Clone(a)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, b)
	var list []Change
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if a[name] != b[name] {
			list = append(list, Change{name, a[name], b[name]})
		}
	}
	return list
}
