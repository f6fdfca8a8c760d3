package cell

import (
	"fmt"
	"go/types"
	"sort"
	"strings"
)

// A Program is a cell made ready to run: Go text that the interpreter takes.
type Program struct {
	Imports  []string // package texts to run first: import declarations new to the interpreter
	Decls    string   // types, variables and functions; they put the function that is the cell into the variable c۰
	Results  []types.Type
	Vars     []string // the cell's variables, in the order of Defined calls
	Warnings []string
	Flow     Flow

	v      *view
	src    *source
	backup map[string]*decl
}

// Errors are the mistakes of one cell.
type Errors struct {
	Cell  string
	Kind  string // "SyntaxError", "CompileError", "NotSupported"
	List  []Error
	Notes []string
}

func (e *Errors) Error() string {
	var b strings.Builder
	for i, x := range e.List {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s:%d:%d: %s", e.Cell, x.Line, x.Col, x.Msg)
	}
	return b.String()
}

// Prepare checks a cell of Go against the live package and lowers it. Nothing is
// live before Commit. The error is *Errors for the user's mistakes.
func (p *Package) Prepare(name, text string) (prog *Program, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	src, errs := parse(p.fset, name, text)
	if len(errs) > 0 {
		return nil, src.errors("SyntaxError", errs)
	}
	v := p.view()
	p.cells = append(p.cells, cellText{name, text})
	src.no = len(p.cells)
	l := newLowerer(v, src)
	defer v.letGo(src)
	defer l.unsupported(&prog, &err)
	f := newFlower(v)
	for _, st := range steps(src) {
		c, found := v.check(src, st)
		errs = append(errs, found...)
		if c != nil && len(errs) == 0 {
			f.step(c)
			l.step(c)
		}
	}
	if len(errs) > 0 {
		e := src.errors("CompileError", errs)
		e.Notes = v.hints(src, e)
		return nil, e
	}
	prog = l.program()
	prog.src, prog.Flow = src, f.flow()
	return prog, nil
}

// errors puts messages on lines.
func (s *source) errors(kind string, errs []syntaxError) *Errors {
	sort.SliceStable(errs, func(i, j int) bool { return errs[i].Offset < errs[j].Offset })
	out := &Errors{Cell: s.name, Kind: kind}
	seen := map[string]bool{}
	for _, e := range errs {
		line, col := s.place(e.Offset)
		x := Error{e.Offset, line, col, s.line(line), plainNames(e.Msg)}
		if key := fmt.Sprint(x); !seen[key] {
			seen[key] = true
			out.List = append(out.List, x)
		}
	}
	return out
}

// plainNames takes the marks of hidden names out of a message.
func plainNames(msg string) string {
	if !strings.Contains(msg, "۰") {
		return msg
	}
	msg = strings.ReplaceAll(msg, "p۰", "")
	var b strings.Builder
	skip := false
	for _, r := range msg {
		switch {
		case r == '۰':
			skip = true
		case skip && r >= '0' && r <= '9':
		default:
			skip = false
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Commit makes the program's declarations live. Call it when the interpreter has taken
// Decls, before the cell runs.
func (p *Package) Commit(prog *Program) {
	p.mu.Lock()
	defer p.mu.Unlock()
	v := prog.v
	prog.backup = map[string]*decl{}
	for _, name := range prog.Vars {
		if old := p.live[name]; old != nil {
			prog.backup[name] = old
		}
	}
	for key := range v.dropped {
		delete(p.live, key)
	}
	for key, d := range v.added {
		p.live[key] = d
	}
	for key, d := range v.meth {
		p.meths[key] = d
	}
	for key, name := range v.emit {
		p.emitted[key] = name
	}
	p.imports, p.dots = v.imps, v.dots
}

// Settle takes back the variables that a failed cell did not come to define: Vars
// from number reached on. They are again what they were before the cell.
func (p *Package) Settle(prog *Program, reached int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	done := map[string]bool{}
	for _, name := range prog.Vars[:min(reached, len(prog.Vars))] {
		done[name] = true
	}
	for _, name := range prog.Vars[min(reached, len(prog.Vars)):] {
		if done[name] {
			continue
		}
		if old := prog.backup[name]; old != nil {
			p.live[name] = old
		} else {
			delete(p.live, name)
		}
	}
}
