package experiment

import (
	"bytes"
	"maps"
	"slices"

	"reprise/nnlib/rng"
)

// A table holds results by variant and run, sixteen bytes each: what many results have in
// common they share.
type table struct {
	rows map[string][]outcome
	last *rest // of the result that came last
}

// An outcome is what is kept of a Result. rest is nil where there is none.
type outcome struct {
	score float64
	rest  *rest
}

// A rest is all of a Result but its score and its task.
type rest struct {
	logs  []Log
	draws []rng.Entry
	by    string
}

func newTable() *table { return &table{rows: map[string][]outcome{}} }

func (t *table) has(k Task) bool {
	row := t.rows[k.Variant]
	return k.Run < len(row) && row[k.Run].rest != nil
}

// tasks are those that have a result, in a fixed order.
func (t *table) tasks() []Task {
	var tasks []Task
	for _, variant := range slices.Sorted(maps.Keys(t.rows)) {
		for i, o := range t.rows[variant] {
			if o.rest != nil {
				tasks = append(tasks, Task{variant, i})
			}
		}
	}
	return tasks
}

// get makes the Result whole again.
func (t *table) get(k Task) Result {
	o := t.rows[k.Variant][k.Run]
	return Result{Task: k, Score: o.score, Logs: o.rest.logs, Draws: o.rest.draws, By: o.rest.by}
}

func (t *table) put(r Result) {
	row := t.rows[r.Task.Variant]
	for len(row) <= r.Task.Run {
		row = append(row, outcome{})
	}
	if t.last == nil || !t.last.holds(r) {
		t.last = &rest{r.Logs, r.Draws, r.By}
	}
	row[r.Task.Run] = outcome{r.Score, t.last}
	t.rows[r.Task.Variant] = row
}

// holds reports whether r can share s: most runs draw alike and log nothing.
func (s *rest) holds(r Result) bool {
	if len(s.logs)+len(r.Logs) > 0 || s.by != r.By || len(s.draws) != len(r.Draws) {
		return false
	}
	for i := range s.draws {
		if s.draws[i] != r.Draws[i] {
			return false
		}
	}
	return true
}

// add puts r, or compares it with what is there: equal bits are welcome twice.
func (t *table) add(name string, r Result) (isNew bool, err error) {
	if !t.has(r.Task) {
		t.put(r)
		return true, nil
	}
	if first := t.get(r.Task); !bytes.Equal(first.bits(), r.bits()) {
		return false, &DifferError{name, r.Task, first, r}
	}
	return false, nil
}
