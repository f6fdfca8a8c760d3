package swarm

import "fmt"

// A played cell is one that the session has run.
type memory struct {
	step   Step
	text   func() *text
	moved  bool // it left another state of randomness than it found
	asked  bool // for input
	failed bool // half-way: what it had done by then stays
}

// needed are the cells of a history that a cell depends on, in order: those that declare a
// name that it uses, or use a variable that it uses and so may change it; those that these
// depend on; and all that move the randomness or the settings of later cells.
func needed(history []memory, target *text) []int {
	in := make([]bool, len(history))
	names := map[string]bool{}
	variable := map[string]bool{} // declared by some cell; false: cannot change
	for _, m := range history {
		for name, v := range m.text().declares {
			variable[name] = variable[name] || v
		}
	}
	enter := func(t *text) {
		for name := range t.mentions {
			if _, ours := variable[name]; ours && !t.own[name] {
				names[name] = true
			}
		}
	}
	enter(target)
	for grown := true; grown; {
		grown = false
		for i, m := range history {
			if in[i] || !m.moved && !m.text().settings && !m.text().touches(names, variable) {
				continue
			}
			in[i], grown = true, true
			enter(m.text())
		}
	}
	var list []int
	for i := range history {
		if in[i] {
			list = append(list, i)
		}
	}
	return list
}

// touches reports whether a cell declares one of the names, or uses one that is a variable.
func (t *text) touches(names, variable map[string]bool) bool {
	for name := range names {
		if _, declares := t.declares[name]; declares || variable[name] && t.mentions[name] {
			return true
		}
	}
	return false
}

// why says what keeps a cell from being evaluated a second time, if anything does.
func (m memory) why() string {
	name := m.step.Cell.Name
	switch {
	case m.failed:
		return fmt.Sprintf("%s, which they need, ended with an error; run it again", name)
	case m.asked:
		return fmt.Sprintf("%s, which they need, asked for input", name)
	case len(m.text().effects) > 0:
		return fmt.Sprintf("%s, which they need, does what must not be done twice: %s", name, m.text().effects[0])
	}
	return ""
}
