package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// RuntimePath is the import path under which lowered programs find their run-time support.
const RuntimePath = "reprise/kernel/engine/rt"

// replaced are members of compiled packages that lowered programs take from the run-time
// support instead, because they can not be interrupted or know nothing of cells' types.
var replaced = map[string]string{
	"errors.As":            "ErrorsAs",
	"time.AfterFunc":       "AfterFunc",
	"time.Sleep":           "Sleep",
	"os.Exit":              "Exit",
	"runtime.Goexit":       "Goexit",
	"runtime.Breakpoint":   "Breakpoint",
	"runtime.NumGoroutine": "NumGoroutine",
}

// replacedMethods are methods of compiled types, given the receiver as first argument.
var replacedMethods = map[string]string{
	"sync.WaitGroup.Wait": "WaitGroupWait",
	"sync.WaitGroup.Go":   "WaitGroupGo",
	"sync.Mutex.Lock":     "MutexLock",
	"sync.RWMutex.Lock":   "RWMutexLock",
	"sync.RWMutex.RLock":  "RWMutexRLock",
	"sync.Cond.Wait":      "CondWait",
}

// keepsBoxes are packages that hand back what they were given: values keep their cell's type there.
var keepsBoxes = map[string]bool{
	"container/heap": true, "container/list": true, "container/ring": true,
	"sync": true, "sync/atomic": true, "context": true, RuntimePath: true,
}

// call writes a call, a conversion or the use of a builtin.
func (l *lowerer) call(e *ast.CallExpr) string {
	fun := ast.Unparen(e.Fun)
	tv := l.info.Types[fun]
	switch {
	case tv.IsType():
		return l.conversion(e, l.sub(tv.Type))
	case tv.IsBuiltin():
		return l.builtin(e, fun)
	}
	sig := l.typeOf(fun).Underlying().(*types.Signature)
	head, callee := l.callee(fun)
	if isMulti(l, e) {
		return l.spread(head, callee, sig, e)
	}
	return callWith(head, strings.Join(l.args(sig, e, callee), ", "))
}

// callee writes the function up to its arguments, and tells which compiled function it is, if any.
func (l *lowerer) callee(fun ast.Expr) (head string, compiled *types.Func) {
	if recursiveNamed(l.typeOf(fun)) != nil {
		return l.open(fun) + "(", nil
	}
	switch f := fun.(type) {
	case *ast.SelectorExpr:
		if sel := l.info.Selections[f]; sel != nil && sel.Kind() == types.MethodVal {
			m := sel.Obj().(*types.Func)
			if s := l.standardStream(f.X); s != "" && streamMethods[m.Name()] {
				return s + "." + m.Name() + "(", foreignFunc(m)
			}
			return l.methodCall(f, sel), foreignFunc(m)
		} else if sel == nil {
			m, _ := l.info.Uses[f.Sel].(*types.Func)
			return l.expr(f) + "(", foreignFunc(m)
		}
	case *ast.Ident:
		m, _ := l.info.Uses[f].(*types.Func)
		return l.expr(f) + "(", foreignFunc(m)
	case *ast.FuncLit:
		return l.funcLit(f) + "(", nil
	case *ast.IndexExpr:
		if l.info.Types[f.Index].IsType() {
			return l.expr(f) + "(", nil // in brackets, the interpreter loses the function
		}
	case *ast.IndexListExpr:
		return l.expr(f) + "(", nil
	}
	return l.operand(fun) + "(", nil
}

// streamMethods are the methods of os.Stdout that the cell's own streams have.
var streamMethods = map[string]bool{"Write": true, "WriteString": true, "Sync": true, "Fd": true, "Read": true}

// standardStream is the run-time support's stream for os.Stdin, os.Stdout and os.Stderr. They
// reach the cell's output in order, which the files of the process could not.
func (l *lowerer) standardStream(e ast.Expr) string {
	sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	v, ok := l.info.Uses[sel.Sel].(*types.Var)
	if !ok || v.Pkg() == nil || v.Pkg().Path() != "os" || !isPackageLevel(v) {
		return ""
	}
	switch v.Name() {
	case "Stdin", "Stdout", "Stderr":
		return l.rt(v.Name())
	}
	return ""
}

func foreignFunc(f *types.Func) *types.Func {
	if f == nil || f.Pkg() == nil || IsOwn(f.Pkg()) {
		return nil
	}
	return f
}

// methodCall writes x.M( with the receiver in place.
func (l *lowerer) methodCall(e *ast.SelectorExpr, sel *types.Selection) string {
	recv, index, m := l.sub(sel.Recv()), sel.Index(), sel.Obj().(*types.Func)
	if isTypeParam(sel.Recv()) || isTypeParam(deref(sel.Recv())) {
		obj, idx, _ := types.LookupFieldOrMethod(recv, true, m.Pkg(), m.Name())
		f, ok := obj.(*types.Func)
		if !ok {
			l.fail(e, "%s on %s", m.Name(), recv)
		}
		index, m = idx, f
	}
	return l.promoted(l.operand(e.X), recv, index, m)
}

func deref(t types.Type) types.Type {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return p.Elem()
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// promoted writes the call of a method on x, up to its arguments. index leads
// through embedded fields to the type that has the method.
func (l *lowerer) promoted(x string, recv types.Type, index []int, m *types.Func) string {
	x, holder := l.path(x, recv, index[:len(index)-1])
	_, isPtr := holder.Underlying().(*types.Pointer)
	if types.IsInterface(holder) {
		if compiledIface(holder) {
			return x + "." + m.Name() + "("
		}
		return l.dispatch(x, holder, m)
	}
	named := namedOf(holder)
	if named == nil {
		l.fail(nil, "the method %s of %s", m.Name(), holder)
	}
	wantPtr := ptrRecv(m)
	switch {
	case wantPtr && !isPtr:
		x = "&" + x
	case !wantPtr && isPtr:
		x = "(*" + x + ")"
	}
	if name := l.method(named, m); name != "" {
		return name + "(" + x
	}
	full := named.Obj().Pkg().Path() + "." + named.Obj().Name() + "." + m.Name()
	if to := replacedMethods[full]; to != "" {
		return l.rt(to) + "(" + x
	}
	if strings.HasPrefix(x, "&") {
		x = x[1:]
		if strings.ContainsAny(x, "({[ ") {
			x = "(" + x + ")"
		}
	} else if strings.HasPrefix(x, "(*") && isPtr {
		x = x[2 : len(x)-1]
	}
	return x + "." + m.Name() + "("
}

// ptrRecv reports whether a method has a pointer receiver.
func ptrRecv(m *types.Func) bool {
	recv := m.Signature().Recv()
	if recv == nil {
		return false
	}
	_, ok := types.Unalias(recv.Type()).(*types.Pointer)
	return ok
}

// dispatch writes the call of a method of an interface that only cells know.
func (l *lowerer) dispatch(x string, iface types.Type, m *types.Func) string {
	obj, _, _ := types.LookupFieldOrMethod(iface, false, m.Pkg(), m.Name())
	sig := m.Signature()
	if f, ok := obj.(*types.Func); ok {
		sig = f.Signature()
	}
	sig = l.sub(sig).(*types.Signature)
	params := strings.TrimPrefix((&typeWriter{l.view, l, true}).signature(types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic())), "(")
	ftype := "func(interface{}"
	if sig.Params().Len() > 0 {
		ftype += ", "
	}
	ftype += params
	name := l.once("call "+m.Name()+ftype+l.changes(m.Name()), "call", func(name string) {
		l.queue = append(l.queue, func() { l.writeDispatch(name, m.Name(), ftype, sig) })
	})
	return name + "(" + x
}

// path selects through fields.
func (l *lowerer) path(x string, t types.Type, index []int) (string, types.Type) {
	for _, i := range index {
		s, ok := deref(t).Underlying().(*types.Struct)
		if !ok {
			l.fail(nil, "a field of %s", t)
		}
		f := s.Field(i)
		x, t = x+"."+fieldName(f, i), f.Type()
	}
	return x, t
}

// selector writes a field, a member of a package, a method value or a method expression.
func (l *lowerer) selector(e *ast.SelectorExpr) string {
	sel := l.info.Selections[e]
	if sel == nil {
		obj := l.info.Uses[e.Sel]
		if _, ok := l.info.Instances[e.Sel]; ok {
			return l.instanceOf(e)
		}
		return l.pkgMember(e, obj)
	}
	recv := l.sub(sel.Recv())
	switch sel.Kind() {
	case types.FieldVal:
		x, _ := l.path(l.operand(e.X), recv, sel.Index())
		return x
	case types.MethodVal:
		return l.methodValue(e, sel)
	}
	sig := l.typeOf(e).(*types.Signature)
	inner := types.NewSignatureType(nil, nil, nil, dropFirst(sig.Params()), sig.Results(), sig.Variadic())
	params, args := l.paramList(inner)
	if params != "" {
		params = ", " + params
	}
	index, m := sel.Index(), sel.Obj().(*types.Func)
	if isTypeParam(sel.Recv()) || isTypeParam(deref(sel.Recv())) {
		obj, at, _ := types.LookupFieldOrMethod(recv, true, m.Pkg(), m.Name())
		index, m = at, obj.(*types.Func)
	}
	head := l.promoted("r", recv, index, m)
	return fmt.Sprintf("func(r %s%s)%s { %s%s }", l.text(recv), params, l.resultText(inner), ret(inner), callWith(head, args))
}

func ret(sig *types.Signature) string {
	if sig.Results().Len() > 0 {
		return "return "
	}
	return ""
}

func dropFirst(t *types.Tuple) *types.Tuple {
	var vars []*types.Var
	for i := 1; i < t.Len(); i++ {
		vars = append(vars, t.At(i))
	}
	return types.NewTuple(vars...)
}

// methodValue writes x.M as a closure over the receiver, which is evaluated now.
func (l *lowerer) methodValue(e *ast.SelectorExpr, sel *types.Selection) string {
	sig := l.typeOf(e).(*types.Signature)
	x, t, m := l.methodReceiver(e, sel)
	params, args := l.paramList(sig)
	head := l.promoted("r", t, m.index, m.Func)
	text := l.text(t)
	f := "func(" + params + ")" + l.resultText(sig)
	return fmt.Sprintf("func(r %s) %s { return %s { %s%s } }(%s)", text, l.text(sig), f, ret(sig), callWith(head, args), x)
}

// A method is one that is called on its receiver, or on what embeds it.
type method struct {
	*types.Func
	index []int
}

// methodReceiver writes the receiver of a method value, or of a method that is called later: a copy, when
// the method has a value for its receiver.
func (l *lowerer) methodReceiver(e *ast.SelectorExpr, sel *types.Selection) (x string, t types.Type, m method) {
	m = method{sel.Obj().(*types.Func), sel.Index()}
	t = l.sub(sel.Recv())
	if isTypeParam(sel.Recv()) || isTypeParam(deref(sel.Recv())) {
		obj, index, _ := types.LookupFieldOrMethod(t, true, m.Pkg(), m.Name())
		m = method{obj.(*types.Func), index}
	}
	last := len(m.index) - 1
	x, t = l.path(l.operand(e.X), t, m.index[:last])
	m.index = m.index[last:]
	switch {
	case types.IsInterface(t):
	case ptrRecv(m.Func) && !isPointer(t):
		return "&" + x, types.NewPointer(t), m
	case !ptrRecv(m.Func) && isPointer(t):
		return "(*" + x + ")", deref(t), m
	}
	return x, t, m
}

// isMulti reports whether the only argument is a call with several results.
func isMulti(l *lowerer, e *ast.CallExpr) bool {
	if len(e.Args) != 1 {
		return false
	}
	t, ok := l.typeOf(e.Args[0]).(*types.Tuple)
	return ok && t.Len() > 1
}

// spread writes f(g()) where g has several results.
func (l *lowerer) spread(head string, compiled *types.Func, sig *types.Signature, e *ast.CallExpr) string {
	t := l.typeOf(e.Args[0]).(*types.Tuple)
	var params, args []string
	for i := range t.Len() {
		name := fmt.Sprintf("a۰۰%d", i)
		params = append(params, name+" "+l.text(t.At(i).Type()))
		args = append(args, l.argText(name, t.At(i).Type(), sig, i, compiled))
	}
	return fmt.Sprintf("func(%s)%s { %s%s }(%s)", strings.Join(params, ", "), l.resultText(sig), ret(sig),
		callWith(head, strings.Join(args, ", ")), l.expr(e.Args[0]))
}

// args writes the arguments of a call.
func (l *lowerer) args(sig *types.Signature, e *ast.CallExpr, compiled *types.Func) []string {
	var args []string
	for i, a := range e.Args {
		if e.Ellipsis.IsValid() && i == len(e.Args)-1 {
			args = append(args, l.conv(a, sig.Params().At(i).Type())+"...")
			continue
		}
		to := paramType(sig, i)
		if from := l.typeOf(a); compiled != nil && isAny(to) && !isNil(from) {
			args = append(args, l.argText(l.expr(a), from, sig, i, compiled))
			continue
		}
		x := l.conv(a, to)
		if _, lit := ast.Unparen(a).(*ast.FuncLit); lit && compiled != nil && !types.IsInterface(to) {
			x = l.kept(x)
		}
		args = append(args, x)
	}
	if n := sig.Params().Len() - 1; compiled == nil && sig.Variadic() && !e.Ellipsis.IsValid() && len(args) > n {
		if t := sig.Params().At(n).Type(); l.looksSpread(t, e.Args[n:]) {
			args = append(args[:n:n], l.listed(t, args[n:]))
		}
	}
	return args
}

// looksSpread reports whether the interpreter would take one of the arguments for ...elem, such as a []any for
// ...any, for all of them.
func (l *lowerer) looksSpread(slice types.Type, args []ast.Expr) bool {
	text := l.text(slice)
	return slices.ContainsFunc(args, func(a ast.Expr) bool {
		t := l.typeOf(a)
		return !isNil(t) && l.text(types.Default(t)) == text
	})
}

// listed writes arguments as one slice.
func (l *lowerer) listed(slice types.Type, args []string) string {
	return l.text(slice) + "{" + strings.Join(args, ", ") + "}..."
}

// paramType is the type of the i-th argument.
func paramType(sig *types.Signature, i int) types.Type {
	n := sig.Params().Len()
	if sig.Variadic() && i >= n-1 {
		if s, ok := sig.Params().At(n - 1).Type().Underlying().(*types.Slice); ok {
			return s.Elem()
		}
		return types.Typ[types.Byte] // append([]byte, string...)
	}
	return sig.Params().At(i).Type()
}

func isAny(t types.Type) bool {
	i, ok := t.Underlying().(*types.Interface)
	return ok && i.Empty()
}

// argText converts one argument. What compiled code takes as any is made to show itself
// as what it is in the cell, or is handed over as plain data.
func (l *lowerer) argText(x string, from types.Type, sig *types.Signature, i int, compiled *types.Func) string {
	to := paramType(sig, i)
	if compiled == nil || !isAny(to) {
		return l.convText(x, from, to)
	}
	variadic := sig.Variadic() && i >= sig.Params().Len()-1
	switch {
	case isNil(from):
		return "nil"
	case compiledIface(from):
		return x
	case types.IsInterface(from):
		if variadic {
			return l.rt("Shown") + "(" + x + ")"
		}
		if keepsBoxes[compiled.Pkg().Path()] {
			return x
		}
		return l.rt("Out") + "(" + x + ")"
	case variadic && needsShow(from):
		l.registerDeep(from, map[types.Type]bool{})
		return fmt.Sprintf("%s(%d, %s)", l.rt("Typed"), l.typeID(from), x)
	case keepsBoxes[compiled.Pkg().Path()]:
		return l.box(x, from)
	}
	if Mentions(from) {
		l.registerDeep(from, map[types.Type]bool{})
	}
	return x
}

// needsShow reports whether fmt could not show a value of type t by itself.
func needsShow(t types.Type) bool {
	found := Mentions(t)
	walkType(t, func(t types.Type) {
		if types.IsInterface(t) && !compiledIface(t) || hides(t) {
			found = true
		}
	})
	return found
}

// hides reports whether a struct has fields that the interpreter calls otherwise.
func hides(t types.Type) bool {
	s, ok := t.(*types.Struct)
	if !ok {
		return false
	}
	for i := range s.NumFields() {
		if !s.Field(i).Exported() {
			return true
		}
	}
	return false
}

// registerDeep registers the cell types that a value of type t may hold.
func (l *lowerer) registerDeep(t types.Type, seen map[types.Type]bool) {
	walkType(t, func(t types.Type) {
		n, ok := t.(*types.Named)
		if !ok || seen[t] || !IsOwn(n.Obj().Pkg()) || types.IsInterface(t) {
			return
		}
		seen[t] = true
		l.register(t)
		l.register(types.NewPointer(t))
		if n.TypeArgs().Len() == 0 || !hasParams(n) {
			l.registerDeep(n.Underlying(), seen)
		}
	})
}

func hasParams(n *types.Named) bool {
	for i := range n.TypeArgs().Len() {
		if isTypeParam(n.TypeArgs().At(i)) {
			return true
		}
	}
	return false
}

// conversion writes T(x).
func (l *lowerer) conversion(e *ast.CallExpr, to types.Type) string {
	arg := e.Args[0]
	from := l.typeOf(arg)
	if types.IsInterface(to) {
		if isNil(from) {
			return l.zero(to)
		}
		if compiledIface(to) && !types.IsInterface(from) {
			return l.text(to) + "(" + l.conv(arg, to) + ")"
		}
		if types.IsInterface(from) {
			return l.conv(arg, to)
		}
		return "interface{}(" + l.conv(arg, to) + ")"
	}
	if isNil(from) {
		return "(" + l.text(to) + ")(nil)"
	}
	x := l.expr(arg)
	if s, ok := l.unsafeConversion(x, from, to); ok {
		return s
	}
	switch a, b := recursiveNamed(from), recursiveNamed(to); {
	case a != nil && b != nil:
		return x
	case b != nil:
		return l.closed(x, to)
	case a != nil:
		x, from = l.opened(x, from), from.Underlying()
	}
	a, b := l.text(from), l.text(to)
	if a == b {
		return l.bracketed(arg, x)
	}
	if bracketsType(b) {
		b = "(" + b + ")"
	}
	return b + "(" + x + ")"
}

// bracketsType reports whether a type stands in brackets where something is converted to it.
func bracketsType(t string) bool {
	return slices.ContainsFunc([]string{"*", "<-", "(", "func(", "chan ", "chan<-"}, func(p string) bool { return strings.HasPrefix(t, p) })
}

// zero writes the zero value of a type.
func (l *lowerer) zero(t types.Type) string {
	text := l.text(t)
	return l.once("zero "+text, "zero", func(name string) {
		fmt.Fprintf(&l.funcs, "func %s() %s {\nvar v %s\nreturn v\n}\n", name, text, text)
	}) + "()"
}
