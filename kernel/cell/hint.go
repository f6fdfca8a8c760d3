package cell

import (
	"fmt"
	"go/types"
	"regexp"
	"slices"
	"sort"
	"strings"
)

// A hint proposes a cure for a common slip: a pattern of go/types' message, and what to say to it.
type hint struct {
	pattern *regexp.Regexp
	say     func(v *view, m []string) string
}

// hintTable is tried in order; the first that has something to say is enough for one message.
var hintTable = []hint{
	{regexp.MustCompile(`^undefined: ([\w.]+)$`), hintUndefined},
	{regexp.MustCompile(`^(\w+)\.(\w+) undefined \(type .* has no field or method (\w+)`), hintShadowed},
	{regexp.MustCompile(`^invalid operation: cannot call display\.(\w+) `), hintConstant},
	{regexp.MustCompile(`^name (\w+) not exported by package (\w+)`), func(v *view, m []string) string {
		return fmt.Sprintf("%s is private to package %s; exported names begin with a capital letter", m[1], m[2])
	}},
	{regexp.MustCompile(`^no new variables on left side of :=`), func(*view, []string) string {
		return "within a function or block, assign with = what is declared already"
	}},
	{regexp.MustCompile(`^cannot use (\w+) .* as (\w+) value .*`), hintOldType},
	{regexp.MustCompile(`^package "(.+)" is not`), func(v *view, m []string) string {
		if first, _, _ := strings.Cut(m[1], "/"); !strings.Contains(first, ".") {
			return didYouMean(m[1], v.packages.Paths())
		}
		return fmt.Sprintf("%%get %s fetches a module", m[1])
	}},
}

// hints proposes cures for the errors of a cell.
func (v *view) hints(src *source, e *Errors) []string {
	v.written = src.defined()
	var notes []string
	seen := map[string]bool{}
	for _, x := range e.List {
		for _, h := range hintTable {
			m := h.pattern.FindStringSubmatch(x.Msg)
			if m == nil {
				continue
			}
			s := h.say(v, m)
			if s == "" && assigns(x) {
				s = fmt.Sprintf("%s := ... defines a variable; = wants one that is there", m[1])
			}
			if s != "" && !seen[s] {
				seen[s] = true
				notes = append(notes, s)
				break
			}
		}
	}
	return notes
}

// assigns reports whether an error stands at a name that is assigned to.
func assigns(e Error) bool {
	return e.Col >= 1 && e.Col <= len(e.Text) && assignment.MatchString(e.Text[e.Col-1:])
}

var assignment = regexp.MustCompile(`^\pL[\pL\d_]*\s*=[^=]`)

func hintUndefined(v *view, m []string) string {
	name := m[1]
	pkg, member, qualified := strings.Cut(name, ".")
	if path, ok := v.auto[name]; ok {
		return fmt.Sprintf("%s is the package %q: select something from it, as in %s.Name", name, path, name)
	}
	if !qualified {
		if near := didYouMean(name, v.candidates()); near != "" {
			return near
		}
		if v.exports(displayPath, name) {
			return "did you mean display." + name + "?"
		}
		return ""
	}
	path := v.imps[pkg]
	if path == "" {
		path = v.auto[pkg]
	}
	p, err := v.packages.Import(path)
	if path == "" || err != nil {
		return ""
	}
	for _, other := range v.packages.Paths() {
		if other != path && packageName(other) == pkg && v.exports(other, member) {
			return fmt.Sprintf("%s is in another package of this name: import %q", name, other)
		}
	}
	return didYouMean(member, exported(p))
}

// displayPath is the package whose functions notebooks expect everywhere, as IPython has them.
const displayPath = "reprise/kernel/display"

// exports reports whether a package has an exported name.
func (v *view) exports(path, name string) bool {
	p, err := v.packages.Import(path)
	return err == nil && slices.Contains(exported(p), name)
}

// hintConstant tells that what is called is the name of a MIME type.
func hintConstant(v *view, m []string) string {
	if v.imps["display"] != "" && v.imps["display"] != displayPath || !v.exports(displayPath, "As"+m[1]) {
		return ""
	}
	return "did you mean display.As" + m[1] + "?"
}

func exported(p *types.Package) []string {
	var names []string
	for _, n := range p.Scope().Names() {
		if p.Scope().Lookup(n).Exported() {
			names = append(names, n)
		}
	}
	return names
}

// candidates are all names that a cell can use without a selector.
func (v *view) candidates() []string {
	var names []string
	for _, k := range v.keys() {
		if !strings.Contains(k, ".") {
			names = append(names, k)
		}
	}
	names = append(names, v.written...)
	names = append(names, types.Universe.Names()...)
	names = append(names, sortedKeys(v.imps)...)
	return append(names, sortedKeys(v.auto)...)
}

// hintShadowed tells that a variable hides a package.
func hintShadowed(v *view, m []string) string {
	path, ok := v.auto[m[1]]
	if !ok || v.lookup(m[1]) == nil {
		return ""
	}
	return fmt.Sprintf("%s is a variable here and hides the package; import %q brings it back", m[1], path)
}

// hintOldType tells that a value is of a type that was declared again since.
func hintOldType(v *view, m []string) string {
	d, t := v.lookup(m[1]), v.lookup(m[2])
	if d == nil || t == nil {
		return ""
	}
	n := namedOf(d.obj.Type())
	if n == nil || n.Obj().Name() != m[2] || n.Obj() == t.obj {
		return ""
	}
	return fmt.Sprintf("%s is of the %s of before its last declaration; run the cell that makes it again", m[1], m[2])
}

// didYouMean proposes the nearest names.
func didYouMean(name string, among []string) string {
	type near struct {
		name string
		far  int
	}
	var found []near
	for _, c := range among {
		if d := Distance(strings.ToLower(name), strings.ToLower(c)); d <= (len(name)-1)/3 && c != name {
			found = append(found, near{c, d})
		}
	}
	if len(found) == 0 {
		return ""
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].far < found[j].far })
	return "did you mean " + found[0].name + "?"
}

// Distance counts the letters to insert, remove, replace or swap with a neighbour to turn a into b
// (optimal string alignment).
func Distance(a, b string) int {
	rows := [3][]int{}
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
	}
	before, last, now := rows[0], rows[1], rows[2]
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 0
			if a[i-1] != b[j-1] {
				cost = 1
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}
