package cell

import (
	"go/ast"
	"strconv"
)

// A step is a part of a cell that is checked as one: within it every
// top-level variable has one definition. Most cells are one step; x := x + 1 and
// a second x := in the same cell begin another.
type step struct {
	items []*item
	// assign are variables that := of this step assigns rather than defines, because an
	// earlier line of the cell defined them and another name on the left is new.
	assign map[*ast.Ident]string
	// hidden are definitions whose right side means the variable's earlier self:
	// they are checked under another name.
	hidden map[*ast.Ident]string
}

// steps cuts the items of a cell into steps. A whole program is one step: in it, the order
// of declarations says nothing.
func steps(src *source) []*step {
	items := src.items
	if src.program {
		return []*step{{items: items, assign: map[*ast.Ident]string{}, hidden: map[*ast.Ident]string{}}}
	}
	b := &stepper{cell: map[string]bool{}}
	b.begin()
	for _, it := range items {
		b.add(it)
	}
	placeDecls(b.steps)
	return b.steps
}

type stepper struct {
	steps     []*step
	cur       *step
	cell      map[string]bool // variables the cell has defined so far
	defined   map[string]bool // those of the current step
	mentioned map[string]bool // by statements of the current step
	n         int
}

func (b *stepper) begin() {
	b.cur = &step{assign: map[*ast.Ident]string{}, hidden: map[*ast.Ident]string{}}
	b.steps = append(b.steps, b.cur)
	b.defined, b.mentioned = map[string]bool{}, map[string]bool{}
}

func (b *stepper) add(it *item) {
	switch it.kind {
	case Stmt:
		collect(b.mentioned, it.stmt)
	case Var:
		b.define(it)
		return
	}
	b.cur.items = append(b.cur.items, it)
}

// define adds a definition and decides, name by name, what it means.
func (b *stepper) define(it *item) {
	right := map[string]bool{}
	for _, v := range it.spec.Values {
		collect(right, v)
	}
	partial := it.define != nil && b.someNew(it) // like Go, := then assigns the others
	if b.splits(it, partial) {
		b.begin()
	}
	hides := false
	for _, id := range it.defines {
		switch name := id.Name; {
		case name == "_":
		case partial && b.defined[name]:
			b.cur.assign[id] = b.name(name)
		case right[name]:
			b.cur.hidden[id] = b.name(name)
			hides = true
		}
		b.defined[id.Name], b.cell[id.Name] = true, true
	}
	for name := range right {
		b.mentioned[name] = true
	}
	b.cur.items = append(b.cur.items, it)
	if hides { // what follows means the new variable
		b.begin()
	}
}

func (b *stepper) someNew(it *item) bool {
	for _, id := range it.defines {
		if id.Name != "_" && !b.cell[id.Name] {
			return true
		}
	}
	return false
}

// splits reports whether a definition needs a step of its own to begin.
func (b *stepper) splits(it *item, partial bool) bool {
	for _, id := range it.defines {
		switch name := id.Name; {
		case name == "_" || partial && b.defined[name]:
		case b.defined[name] || b.mentioned[name]:
			return true
		}
	}
	return false
}

func (b *stepper) name(name string) string {
	b.n++
	return name + "۰" + strconv.Itoa(b.n)
}

// placeDecls moves a declaration up to the first step whose statements mention it.
func placeDecls(all []*step) {
	if len(all) == 1 {
		return
	}
	mentions := make([]map[string]bool, len(all))
	for i, st := range all {
		mentions[i] = map[string]bool{}
		for _, it := range st.items {
			if it.kind == Stmt {
				collect(mentions[i], it.stmt)
			} else if it.kind == Var {
				collect(mentions[i], it.spec)
			}
		}
	}
	for i, st := range all {
		var keep []*item
		for _, it := range st.items {
			if to := firstMention(mentions[:i], it); to >= 0 {
				all[to].items = append(all[to].items, it)
			} else {
				keep = append(keep, it)
			}
		}
		st.items = keep
	}
}

func firstMention(mentions []map[string]bool, it *item) int {
	if it.kind != Decl {
		return -1
	}
	names := it.defines
	if f, ok := it.decl.(*ast.FuncDecl); ok && f.Recv != nil {
		names = []*ast.Ident{recvName(f)}
	}
	for i, m := range mentions {
		for _, id := range names {
			if id != nil && m[id.Name] {
				return i
			}
		}
	}
	return -1
}

// recvName is the type name of a method's receiver.
func recvName(f *ast.FuncDecl) *ast.Ident {
	if f.Recv == nil || len(f.Recv.List) == 0 {
		return nil
	}
	t := f.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.ParenExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x
		default:
			return nil
		}
	}
}

// collect adds the names that a node mentions; selected names are not counted.
func collect(names map[string]bool, n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.SelectorExpr:
			collect(names, x.X)
			return false
		case *ast.Ident:
			names[x.Name] = true
		}
		return true
	})
}
