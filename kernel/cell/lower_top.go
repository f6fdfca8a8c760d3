package cell

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"strings"
)

// topVar writes the definition of variables of the notebook.
func (l *lowerer) topVar(c *checked, it *item) {
	spec := c.specs[it]
	l.markTop(it.spec)
	var names []string
	var vars []*types.Var
	for i, id := range spec.Names {
		obj, _ := c.info.Defs[id].(*types.Var)
		name, outer := l.temp(), it.spec.Names[i].Name
		switch {
		case outer == "_" || obj == nil:
		case c.step.assign[it.spec.Names[i]] != "":
			l.bodyFn.names[obj] = name
			l.line("var %s %s", name, l.text(obj.Type()))
		default:
			d := l.entered(c, it, i)
			name = d.rt
			l.once("var "+name, "", func(string) { fmt.Fprintf(&l.vars, "var %s %s\n", name, l.text(obj.Type())) })
			if id.Name != outer {
				l.bodyFn.names[obj] = name
			}
		}
		names, vars = append(names, name), append(vars, obj)
	}
	l.defineAll(names, vars, spec)
	for i, id := range it.spec.Names {
		if id.Name == "_" {
			continue
		}
		if tmp := c.step.assign[id]; tmp != "" {
			if obj, ok := c.info.Uses[id]; ok {
				_ = obj
			}
			l.line("%s = %s", l.global(l.lookup(id.Name).obj), l.convText(names[i], vars[i].Type(), l.lookup(id.Name).obj.Type()))
			continue
		}
		l.prog.Vars = append(l.prog.Vars, id.Name)
		l.line("%s(%d)", l.rt("Defined"), len(l.prog.Vars))
	}
}

// entered is the declaration that the i-th name of an item became. A later step of the
// cell may have replaced it in the view.
func (l *lowerer) entered(c *checked, it *item, i int) *decl {
	return l.lookup(it.spec.Names[i].Name)
}

// defineAll writes the assignment of first values.
func (l *lowerer) defineAll(names []string, vars []*types.Var, spec *ast.ValueSpec) {
	switch {
	case len(spec.Values) == 0:
		for i, name := range names {
			if vars[i] != nil && spec.Names[i].Name != "_" {
				l.line("%s = %s", name, l.zero(vars[i].Type()))
			}
		}
	case len(spec.Values) == len(names):
		if len(names) == 1 {
			l.assignTop(names[0], vars[0], spec.Names[0], spec.Values[0])
			return
		}
		var temps []string
		for i, v := range spec.Values {
			t := l.temp()
			temps = append(temps, t)
			l.defineTemp(t, v, typeOfVar(vars[i], l, v))
		}
		for i := range names {
			if spec.Names[i].Name != "_" {
				l.line("%s = %s", names[i], temps[i])
			}
		}
	default:
		l.assignTuple(names, vars, spec)
	}
}

func typeOfVar(v *types.Var, l *lowerer, e ast.Expr) types.Type {
	if v != nil {
		return l.sub(v.Type())
	}
	return types.Default(l.typeOf(e))
}

func (l *lowerer) assignTop(name string, v *types.Var, id *ast.Ident, val ast.Expr) {
	if id.Name == "_" {
		l.discard(val)
		return
	}
	l.line("%s = %s", name, l.copied(val, l.conv(val, v.Type())))
}

// defineTemp declares a temporary of type t.
func (l *lowerer) defineTemp(name string, val ast.Expr, t types.Type) {
	text := l.renewed(val, l.conv(val, t))
	l.line("var %s %s = %s", name, l.text(t), text)
}

// assignTuple assigns the results of one call, or of a two-valued form.
func (l *lowerer) assignTuple(names []string, vars []*types.Var, spec *ast.ValueSpec) {
	temps, ts := l.tuple(spec.Values[0])
	for i, name := range names {
		if spec.Names[i].Name != "_" && vars[i] != nil {
			l.line("%s = %s", name, l.convText(temps[i], ts[i], l.sub(vars[i].Type())))
		}
	}
}

// topStmt writes a statement of the cell. The last one's value is the cell's.
func (l *lowerer) topStmt(it *item) {
	if it.list && it.last && !l.src.semi {
		l.resultList(it.stmt.(*ast.AssignStmt))
		return
	}
	x, ok := it.stmt.(*ast.ExprStmt)
	if !ok {
		l.markTop(it.stmt)
		l.stmt(it.stmt)
		return
	}
	l.markTop(it.stmt)
	t := l.typeOf(x.X)
	if l.info.Types[x.X].IsVoid() || !it.last || l.src.semi {
		l.exprStmt(x.X)
		return
	}
	if isNil(t) {
		return
	}
	if l.writes(x.X) {
		temps, ts := l.tuple(x.X)
		l.prog.Results = ts[1:]
		l.markAgain(it.stmt)
		l.line("%s(%s)", l.rt("Result"), temps[1])
		return
	}
	if tup, ok := t.(*types.Tuple); ok {
		temps, ts := l.tuple(x.X)
		var args []string
		for i := range tup.Len() {
			l.prog.Results = append(l.prog.Results, ts[i])
			args = append(args, l.resultArg(temps[i], ts[i]))
		}
		l.markAgain(it.stmt)
		l.line("%s(%s)", l.rt("Result"), strings.Join(args, ", "))
		return
	}
	t = types.Default(t)
	if v := l.info.Types[x.X].Value; v != nil && overflows(v, t) {
		panic(notSupported{x.X.Pos(), fmt.Sprintf("constant %s overflows %s", v.ExactString(), t)})
	}
	l.prog.Results = []types.Type{t}
	val := l.conv(x.X, t)
	if types.IsInterface(t) {
		tmp := l.temp()
		l.line("var %s %s = %s", tmp, l.text(t), val)
		l.markAgain(it.stmt)
		l.line("%s(%s)", l.rt("Result"), l.resultArg(tmp, t))
		return
	}
	l.registerDeep(t, map[types.Type]bool{})
	l.line("%s(%d, %s)", l.rt("Value"), l.typeID(t), val)
}

// resultList shows several values.
func (l *lowerer) resultList(s *ast.AssignStmt) {
	l.markTop(s)
	var args []string
	for _, x := range s.Rhs {
		t, tmp := types.Default(l.typeOf(x)), l.temp()
		l.defineTemp(tmp, x, t)
		l.prog.Results = append(l.prog.Results, t)
		args = append(args, l.resultArg(tmp, t))
	}
	l.markAgain(s)
	l.line("%s(%s)", l.rt("Result"), strings.Join(args, ", "))
}

func overflows(v constant.Value, t types.Type) bool {
	b, ok := t.(*types.Basic)
	if !ok || b.Kind() != types.Int {
		return false
	}
	_, exact := constant.Int64Val(constant.ToInt(v))
	return !exact
}

// writes reports whether e calls a compiled function that, like fmt.Println, tells how much
// it wrote: (n int, err error). The count is not worth showing.
func (l *lowerer) writes(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	id, _ := ast.Unparen(call.Fun).(*ast.Ident)
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		id = sel.Sel
	}
	if id == nil {
		return false
	}
	f, ok := l.info.Uses[id].(*types.Func)
	if !ok || foreignFunc(f) == nil {
		return false
	}
	r := f.Signature().Results()
	return r.Len() == 2 && r.At(0).Name() == "n" && r.At(1).Name() == "err"
}

// resultArg hands a value out with its type.
func (l *lowerer) resultArg(x string, t types.Type) string {
	l.registerDeep(t, map[types.Type]bool{})
	if types.IsInterface(t) {
		return x
	}
	return l.rt("Typed") + fmt.Sprintf("(%d, %s)", l.typeID(t), x)
}
