package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

func (l *lowerer) stmts(list []ast.Stmt) {
	for _, s := range list {
		l.stmt(s)
	}
}

// stmt writes one statement.
func (l *lowerer) stmt(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.EmptyStmt:
	case *ast.ExprStmt:
		l.mark(s)
		l.exprStmt(s.X)
	case *ast.AssignStmt:
		l.mark(s)
		l.assign(s)
	case *ast.IncDecStmt:
		l.mark(s)
		l.line("%s%s", l.expr(s.X), s.Tok)
	case *ast.DeclStmt:
		l.declStmt(s)
	case *ast.ReturnStmt:
		l.mark(s)
		l.returnStmt(s)
	case *ast.BlockStmt:
		l.line("{")
		l.stmts(s.List)
		l.line("}")
	case *ast.IfStmt:
		l.ifStmt(s)
	case *ast.ForStmt:
		l.forStmt(s, "")
	case *ast.RangeStmt:
		l.rangeStmt(s, "")
	case *ast.SwitchStmt:
		l.switchStmt(s, "")
	case *ast.TypeSwitchStmt:
		l.typeSwitch(s, "")
	case *ast.SelectStmt:
		l.selectStmt(s, "")
	case *ast.LabeledStmt:
		l.labeled(s)
	case *ast.BranchStmt:
		l.branch(s)
	case *ast.GoStmt:
		l.mark(s)
		l.goStmt(s)
	case *ast.DeferStmt:
		l.mark(s)
		l.deferStmt(s)
	case *ast.SendStmt:
		l.mark(s)
		l.send(s)
	default:
		l.fail(s, "%T", s)
	}
}

// mark stores where the program is, when the statement can fail. The store costs little,
// but not nothing: a statement that can not fail goes without.
func (l *lowerer) mark(n ast.Node) {
	off := l.src.offset(n.Pos())
	if off < 0 || !l.canFail(n) {
		return
	}
	line, col := l.src.place(off)
	if m := marker(l.srcNo, line, col); m != l.fn.marked {
		l.line("l۰ = %d", m)
	}
}

// markTop stores which statement of the cell runs: the second place of a fault.
func (l *lowerer) markTop(n ast.Node) {
	if off := l.src.offset(n.Pos()); off >= 0 && l.canFailDeep(n) {
		line, col := l.src.place(off)
		l.line("m۰ = %d", marker(l.srcNo, line, col))
	}
	l.mark(n)
}

// markAgain stores the place of a statement once more, after calls in it have stored theirs.
func (l *lowerer) markAgain(n ast.Node) {
	if off := l.src.offset(n.Pos()); off >= 0 {
		line, col := l.src.place(off)
		l.line("l۰ = %d", marker(l.srcNo, line, col))
	}
}

// canFailDeep is canFail for a whole compound statement.
func (l *lowerer) canFailDeep(n ast.Node) bool {
	fails := false
	ast.Inspect(n, func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && !fails {
			fails = l.canFail(s)
		}
		return !fails
	})
	return fails || l.canFail(n)
}

// canFail reports whether a statement may panic. Of compound statements only the head counts.
func (l *lowerer) canFail(n ast.Node) bool {
	fails := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.BlockStmt:
			return false
		case *ast.BinaryExpr:
			if n.Op == token.QUO || n.Op == token.REM {
				if _, lit := n.Y.(*ast.BasicLit); !lit {
					fails = true
				}
			}
		case *ast.AssignStmt:
			if n.Tok == token.QUO_ASSIGN || n.Tok == token.REM_ASSIGN {
				fails = true
			}
		case *ast.CallExpr:
			fails = !l.info.Types[n.Fun].IsType() && !(l.info.Types[ast.Unparen(n.Fun)].IsBuiltin() && isName(n.Fun, "len", "cap", "append", "min", "max", "copy", "delete", "new", "real", "imag", "complex"))
		case *ast.SelectorExpr:
			if sel := l.info.Selections[n]; sel != nil {
				_, fails = sel.Recv().Underlying().(*types.Pointer)
				fails = fails || sel.Indirect() || types.IsInterface(sel.Recv())
			}
		case *ast.IndexExpr, *ast.SliceExpr, *ast.StarExpr, *ast.TypeAssertExpr, *ast.SendStmt, *ast.GoStmt, *ast.DeferStmt:
			fails = true
		}
		return !fails
	})
	return fails
}

// exprStmt writes an expression whose value nobody wants.
func (l *lowerer) exprStmt(e ast.Expr) {
	e = ast.Unparen(e)
	if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.ARROW {
		l.line("%s", l.receive(u, false))
		return
	}
	if c, ok := e.(*ast.CallExpr); ok && !l.info.Types[c.Fun].IsType() {
		tv := l.info.Types[ast.Unparen(c.Fun)]
		if tv.IsBuiltin() && !l.info.Types[e].IsVoid() && !isName(c.Fun, "copy", "recover") {
			l.discard(e)
			return
		}
		l.line("%s", l.expr(e))
		return
	}
	l.discard(e)
}

func isName(e ast.Expr, names ...string) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	for _, n := range names {
		if ok && id.Name == n {
			return true
		}
	}
	return false
}

// discard evaluates an expression into a variable of its own: the interpreter gives all
// blank identifiers of a function one slot.
func (l *lowerer) discard(e ast.Expr) {
	tv := l.info.Types[e]
	if tv.IsType() || isNil(l.typeOf(e)) || tv.Value != nil {
		return
	}
	if tup, ok := l.typeOf(e).(*types.Tuple); ok {
		if tup.Len() > 0 {
			l.tuple(e)
		}
		return
	}
	l.line("%s := %s", l.temp(), l.conv(e, types.Default(l.typeOf(e))))
}

// tuple evaluates an expression with several values into temporaries.
func (l *lowerer) tuple(e ast.Expr) (names []string, ts []types.Type) {
	t, isTuple := l.typeOf(e).(*types.Tuple)
	if isTuple {
		for i := range t.Len() {
			names, ts = append(names, l.temp()), append(ts, l.sub(t.At(i).Type()))
		}
		if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
			l.line("%s := %s", strings.Join(names, ", "), l.expr(call))
			return names, ts
		}
	} else {
		names, ts = []string{l.temp(), l.temp()}, []types.Type{l.typeOf(e), types.Typ[types.Bool]}
	}
	switch x := ast.Unparen(e).(type) {
	case *ast.TypeAssertExpr:
		l.line("%s, %s := %s", names[0], names[1], l.assertion(x, true))
	case *ast.UnaryExpr:
		l.line("%s, %s := %s", names[0], names[1], l.receive(x, true))
	default:
		l.line("%s, %s := %s", names[0], names[1], l.expr(e))
		if l.fn.repeats() { // of a key that is not there, the interpreter keeps what it found last time
			l.line("if !%s { %s = %s }", names[1], names[0], l.zeroText(ts[0]))
		}
	}
	return names, ts
}

// assign writes =, := and the assignment operations.
func (l *lowerer) assign(s *ast.AssignStmt) {
	switch {
	case s.Tok != token.ASSIGN && s.Tok != token.DEFINE:
		l.assignOp(s)
	case len(s.Lhs) == 1:
		l.assignOne(s.Lhs[0], s.Rhs[0])
	case len(s.Lhs) == len(s.Rhs):
		l.assignParallel(s)
	default:
		places := l.places(s.Lhs)
		temps, ts := l.tuple(s.Rhs[0])
		for i, lhs := range s.Lhs {
			l.storeAt(lhs, places[i], temps[i], ts[i])
		}
	}
}

// assignOp writes x op= y. A call on the right may change what x means.
func (l *lowerer) assignOp(s *ast.AssignStmt) {
	x := ""
	if l.calls(s.Rhs[0]) {
		x = l.place(s.Lhs[0])
	}
	if x == "" {
		x = l.expr(s.Lhs[0])
	}
	y, ok := l.bare(s.Rhs[0])
	if !ok {
		y = l.expr(s.Rhs[0])
	}
	if s.Tok == token.SHL_ASSIGN || s.Tok == token.SHR_ASSIGN {
		y = l.shiftCount(s.Rhs[0])
	}
	l.line("%s %s %s", x, s.Tok, y)
}

// calls reports whether evaluating e calls a function.
func (l *lowerer) calls(e ast.Node) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok && l.canFail(c) {
			found = true
		}
		_, lit := n.(*ast.FuncLit)
		return !found && !lit
	})
	return found
}

func (l *lowerer) places(lhs []ast.Expr) []string {
	var places []string
	for _, e := range lhs {
		places = append(places, l.place(e))
	}
	return places
}

// storeAt assigns a written value to a place that was evaluated before, or to a plain name.
func (l *lowerer) storeAt(lhs ast.Expr, place, x string, t types.Type) {
	if place == "" {
		l.store(lhs, x, t)
		return
	}
	l.line("%s = %s", place, l.convText(x, t, l.typeOf(lhs)))
}

func (l *lowerer) assignOne(lhs, rhs ast.Expr) {
	if isName(lhs, "_") {
		l.discard(rhs)
		return
	}
	if obj := l.defined(lhs); obj != nil {
		t := l.sub(obj.Type())
		if types.IsInterface(t) || isFunc(t) {
			val := l.conv(rhs, t)
			l.line("var %s %s = %s", l.local(obj), l.text(t), val)
			return
		}
		val := l.renewed(rhs, l.conv(rhs, t))
		l.line("%s := %s", l.local(obj), val)
		return
	}
	place := ""
	if _, lit := ast.Unparen(rhs).(*ast.CompositeLit); lit && l.calls(lhs) {
		place = l.place(lhs) // before what the literal calls
	}
	val := l.copied(rhs, l.conv(rhs, l.typeOf(lhs)))
	if _, star := ast.Unparen(rhs).(*ast.StarExpr); star && l.isMapElement(lhs) {
		t := l.temp() // what a nil pointer points to would delete the element
		l.line("%s := %s", t, val)
		val = t
	}
	if place == "" {
		place = l.expr(lhs)
	}
	l.line("%s = %s", place, val)
}

// renewed writes the first value of a variable that is declared. In a loop, the interpreter would make
// all slices, arrays and maps of one literal in one variable.
func (l *lowerer) renewed(e ast.Expr, val string) string {
	if l.fn.repeats() {
		return l.copied(e, val)
	}
	return val
}

// copied writes a composite literal into a variable of its own, before it is assigned. The interpreter
// would put a struct in the place of the variable, which closures and pointers have.
func (l *lowerer) copied(e ast.Expr, lit string) string {
	if _, ok := ast.Unparen(e).(*ast.CompositeLit); !ok {
		return lit
	}
	name := l.temp()
	l.line("%s := %s", name, lit)
	return name
}

func (l *lowerer) isMapElement(e ast.Expr) bool {
	x, ok := ast.Unparen(e).(*ast.IndexExpr)
	if !ok {
		return false
	}
	_, ok = l.typeOf(x.X).Underlying().(*types.Map)
	return ok
}

func isChan(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

func isFunc(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// defined is the variable that an identifier on the left of := declares, or nil.
func (l *lowerer) defined(lhs ast.Expr) types.Object {
	id, ok := lhs.(*ast.Ident)
	if !ok || id.Name == "_" {
		return nil
	}
	return l.info.Defs[id]
}

// store assigns a written value of type t.
func (l *lowerer) store(lhs ast.Expr, x string, t types.Type) {
	if isName(lhs, "_") {
		return
	}
	if obj := l.defined(lhs); obj != nil {
		to := l.sub(obj.Type())
		l.line("var %s %s = %s", l.local(obj), l.text(to), l.convText(x, t, to))
		return
	}
	l.line("%s = %s", l.expr(lhs), l.convText(x, t, l.typeOf(lhs)))
}

// assignParallel writes a, b = b, a: all right sides, and the operands on the left, first.
func (l *lowerer) assignParallel(s *ast.AssignStmt) {
	lhs := l.places(s.Lhs)
	var temps []string
	var ts []types.Type
	for i, e := range s.Rhs {
		t := l.typeOf(e)
		if !isName(s.Lhs[i], "_") {
			if obj := l.defined(s.Lhs[i]); obj != nil {
				t = l.sub(obj.Type())
			} else {
				t = l.typeOf(s.Lhs[i])
			}
		}
		t = types.Default(t)
		name := l.temp()
		l.defineTemp(name, e, t)
		temps, ts = append(temps, name), append(ts, t)
	}
	for i, e := range s.Lhs {
		l.storeAt(e, lhs[i], temps[i], ts[i])
	}
}

// place evaluates the operands of an assignable expression, so that later assignments of
// the same statement do not change what it means. "" for plain names.
func (l *lowerer) place(e ast.Expr) string {
	switch x := ast.Unparen(e).(type) {
	case *ast.IndexExpr:
		base, i := l.temp(), l.temp()
		switch u := l.typeOf(x.X).Underlying().(type) {
		case *types.Map:
			l.line("%s := %s", base, l.open(x.X))
			l.line("var %s %s = %s", i, l.text(u.Key()), l.conv(x.Index, u.Key()))
			return base + "[" + i + "]"
		case *types.Slice:
			l.line("%s := %s", base, l.open(x.X))
			l.line("%s := %s", i, l.intIndex(x.Index))
			return base + "[" + i + "]"
		}
		l.line("%s := %s", i, l.intIndex(x.Index))
		return l.operand(x.X) + "[" + i + "]"
	case *ast.StarExpr:
		p := l.temp()
		l.line("%s := %s", p, l.open(x.X))
		return "*" + p
	case *ast.SelectorExpr:
		sel := l.info.Selections[x]
		if sel == nil {
			return l.expr(x)
		}
		base := l.place(x.X)
		if t := l.typeOf(x.X); base == "" || isPointer(t) {
			if base = l.operand(x.X); isPointer(t) {
				p := l.temp()
				l.line("%s := %s", p, base)
				base = p
			}
		}
		s, _ := l.path(base, l.sub(sel.Recv()), sel.Index())
		return s
	}
	return ""
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// declStmt writes local declarations. Types are written where they are used, constants
// as their values.
func (l *lowerer) declStmt(s *ast.DeclStmt) {
	g := s.Decl.(*ast.GenDecl)
	if g.Tok != token.VAR {
		return
	}
	for _, spec := range g.Specs {
		v := spec.(*ast.ValueSpec)
		l.mark(v)
		switch {
		case len(v.Values) == 0:
			for _, id := range v.Names {
				if obj := l.info.Defs[id]; obj != nil && id.Name != "_" {
					l.line("var %s %s", l.local(obj), l.text(obj.Type()))
				}
			}
		case len(v.Values) == len(v.Names):
			for i, id := range v.Names {
				obj := l.info.Defs[id]
				if id.Name == "_" || obj == nil {
					l.discard(v.Values[i])
					continue
				}
				val := l.renewed(v.Values[i], l.conv(v.Values[i], obj.Type()))
				l.line("var %s %s = %s", l.local(obj), l.text(obj.Type()), val)
			}
		default:
			temps, ts := l.tuple(v.Values[0])
			for i, id := range v.Names {
				l.store(id, temps[i], ts[i])
			}
		}
	}
}

// returnStmt writes a return. In a body of range over func it leaves through the iterator.
func (l *lowerer) returnStmt(s *ast.ReturnStmt) {
	sig := l.fn.sig
	if l.fn.yield != nil {
		l.yieldReturn(s)
		return
	}
	l.leave(l.returned(s, sig))
}

// leave writes a return of values that are evaluated already. In a function that defers, the
// results are variables, which its deferred functions may still change.
func (l *lowerer) leave(vals []string) {
	if l.fn.stack == "" {
		l.line("return %s", strings.Join(vals, ", "))
		return
	}
	for i, x := range vals {
		if x != l.fn.results[i] {
			l.line("%s = %s", l.fn.results[i], x)
		}
	}
	l.line("return")
}

// returned writes the values of a return statement.
func (l *lowerer) returned(s *ast.ReturnStmt, sig *types.Signature) []string {
	var vals []string
	if len(s.Results) == 0 {
		return l.fn.home().results
	}
	if len(s.Results) == 1 && sig.Results().Len() > 1 {
		temps, ts := l.tuple(s.Results[0])
		for i := range temps {
			vals = append(vals, l.convText(temps[i], ts[i], l.sub(sig.Results().At(i).Type())))
		}
		return vals
	}
	for i, e := range s.Results {
		t := l.sub(sig.Results().At(i).Type())
		x := l.conv(e, t)
		if len(s.Results) == 1 && !isFunc(t) && l.fn.home().stack == "" || isConst(l, e) {
			vals = append(vals, x)
			continue
		}
		name := l.temp() // named results may be operands of one another
		l.line("var %s %s = %s", name, l.text(t), x)
		vals = append(vals, name)
	}
	return vals
}

func isConst(l *lowerer, e ast.Expr) bool { return l.info.Types[e].Value != nil }

func (l *lowerer) ifStmt(s *ast.IfStmt) {
	wrap := s.Init != nil
	if wrap {
		l.line("{")
		l.stmt(s.Init)
	}
	l.mark(s.Cond)
	l.line("if %s {", l.cond(s.Cond))
	l.stmts(s.Body.List)
	switch e := s.Else.(type) {
	case nil:
	case *ast.BlockStmt:
		l.line("} else {")
		l.stmts(e.List)
	default:
		l.line("} else {")
		l.stmt(e)
	}
	l.line("}")
	if wrap {
		l.line("}")
	}
}

func (l *lowerer) labeled(s *ast.LabeledStmt) {
	label := l.label(s.Label.Name)
	l.fn.labels = true
	switch x := s.Stmt.(type) {
	case *ast.ForStmt:
		l.forStmt(x, label)
	case *ast.RangeStmt:
		l.rangeStmt(x, label)
	case *ast.SwitchStmt:
		l.switchStmt(x, label)
	case *ast.TypeSwitchStmt:
		l.typeSwitch(x, label)
	case *ast.SelectStmt:
		l.selectStmt(x, label)
	default:
		l.line("%s:", label)
		l.stmt(s.Stmt)
	}
}

func (l *lowerer) label(name string) string { return name + "۰" }

// switchStmt writes a switch. One over an interface compares by compiled code.
func (l *lowerer) switchStmt(s *ast.SwitchStmt, label string) {
	l.line("{")
	if s.Init != nil {
		l.stmt(s.Init)
	}
	l.mark(s)
	tag := ""
	var tagType types.Type
	if s.Tag != nil {
		tagType = types.Default(l.typeOf(s.Tag))
		tag = l.temp()
		l.defineTemp(tag, s.Tag, tagType)
	}
	chosen := ""
	if fallsAround(s) {
		chosen = l.chosen(s, tag, tagType)
	}
	l.fn.loops = append(l.fn.loops, &loop{label: label, isSwitch: true})
	if label != "" {
		l.line("%s:", label)
	}
	l.line("switch {")
	for i, c := range s.Body.List {
		switch cc := c.(*ast.CaseClause); {
		case chosen != "":
			l.line("case %s == %d:", chosen, i)
		case cc.List == nil:
			l.line("default:")
		default:
			l.line("case %s:", l.caseConds(tag, tagType, cc))
		}
		l.stmts(c.(*ast.CaseClause).Body)
	}
	l.line("}")
	l.fn.loops = l.fn.loops[:len(l.fn.loops)-1]
	l.line("}")
}

func (l *lowerer) caseConds(tag string, tagType types.Type, cc *ast.CaseClause) string {
	var conds []string
	for _, e := range cc.List {
		conds = append(conds, l.caseCond(tag, tagType, e))
	}
	return strings.Join(conds, " || ")
}

// fallsAround reports whether a switch has a default that is not its last clause, and a clause
// that falls through: the interpreter moves the default to the end.
func fallsAround(s *ast.SwitchStmt) bool {
	early, falls := false, false
	for i, c := range s.Body.List {
		cc := c.(*ast.CaseClause)
		early = early || cc.List == nil && i < len(s.Body.List)-1
		if n := len(cc.Body); n > 0 {
			b, ok := cc.Body[n-1].(*ast.BranchStmt)
			falls = falls || ok && b.Tok == token.FALLTHROUGH
		}
	}
	return early && falls
}

// chosen writes the choice of a clause, as its number, before the switch itself.
func (l *lowerer) chosen(s *ast.SwitchStmt, tag string, tagType types.Type) string {
	n := l.temp()
	l.line("%s := -1", n)
	l.line("switch {")
	for i, c := range s.Body.List {
		cc := c.(*ast.CaseClause)
		if cc.List == nil {
			l.line("default:")
		} else {
			l.line("case %s:", l.caseConds(tag, tagType, cc))
		}
		l.line("%s = %d", n, i)
	}
	l.line("}")
	return n
}

func (l *lowerer) caseCond(tag string, tagType types.Type, e ast.Expr) string {
	if tag == "" {
		if t := l.typeOf(e); types.IsInterface(t) {
			return l.equalText(l.operand(e), t, "true", types.Typ[types.Bool])
		}
		return l.expr(e)
	}
	t := l.typeOf(e)
	if isNil(t) {
		return tag + " == nil"
	}
	if types.IsInterface(tagType) || types.IsInterface(t) || !simple(tagType) {
		return l.equalText(tag, tagType, l.operand(e), t)
	}
	if s, ok := l.bare(e); ok {
		return "(" + tag + " == " + s + ")"
	}
	return "(" + tag + " == " + l.operand(e) + ")"
}

// typeSwitch writes a type switch as a chain of assertions.
func (l *lowerer) typeSwitch(s *ast.TypeSwitchStmt, label string) {
	l.line("{")
	if s.Init != nil {
		l.stmt(s.Init)
	}
	l.mark(s)
	var x ast.Expr
	switch a := s.Assign.(type) {
	case *ast.ExprStmt:
		x = ast.Unparen(a.X).(*ast.TypeAssertExpr).X
	case *ast.AssignStmt:
		x = ast.Unparen(a.Rhs[0]).(*ast.TypeAssertExpr).X
	}
	from := l.typeOf(x)
	orig, val := l.temp(), l.temp()
	l.line("var %s %s = %s", orig, l.text(from), l.expr(x))
	if compiledIface(from) {
		l.line("%s := %s(%s)", val, l.rt("In"), orig)
	} else {
		l.line("var %s interface{} = %s", val, orig)
	}
	l.fn.loops = append(l.fn.loops, &loop{label: label, isSwitch: true})
	if label != "" {
		l.line("%s:", label)
	}
	l.line("switch {")
	for _, c := range s.Body.List {
		l.typeCase(c.(*ast.CaseClause), orig, val, from)
	}
	l.line("}")
	l.fn.loops = l.fn.loops[:len(l.fn.loops)-1]
	l.line("}")
}

func (l *lowerer) typeCase(cc *ast.CaseClause, orig, val string, from types.Type) {
	if cc.List == nil {
		l.line("default:")
	} else {
		var conds []string
		for _, e := range cc.List {
			if isNil(l.typeOf(e)) {
				conds = append(conds, val+" == nil")
				continue
			}
			conds = append(conds, l.tester(l.typeOf(e))+"("+val+")")
		}
		l.line("case %s:", strings.Join(conds, " || "))
	}
	if obj := l.info.Implicits[cc]; obj != nil {
		t := l.sub(obj.Type())
		if len(cc.List) == 1 && !isNil(l.typeOf(cc.List[0])) {
			l.line("%s, _ := %s(%s)", l.local(obj), l.asserter(t, nil, true), val)
		} else {
			l.line("var %s %s = %s", l.local(obj), l.text(t), orig)
		}
	}
	l.stmts(cc.Body)
}

// tester names a function that reports whether an interface{} holds a T.
func (l *lowerer) tester(t types.Type) string {
	is := l.asserter(t, nil, true)
	return l.once("test "+l.key(t), "test", func(name string) {
		fmt.Fprintf(&l.funcs, "func %s(x interface{}) bool {\n_, ok := %s(x)\nreturn ok\n}\n", name, is)
	})
}
