package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// add notes a hazard once for each line.
func (w *walk) add(kind HazardKind, name string, n ast.Node) {
	h := Hazard{Kind: kind, Name: name}
	if off := w.src.offset(n.Pos()); off >= 0 {
		line, col := w.src.place(off)
		h.Place = Place{Cell: w.src.name, Line: line, Col: col, Text: w.src.line(line)}
	}
	once := h
	once.Place.Col = 0
	if !w.known[once] {
		w.known[once] = true
		w.hazards = append(w.hazards, h)
	}
}

// choice: with two cases that may both be ready, or one and a default, the scheduler decides.
func (w *walk) choice(s *ast.SelectStmt) {
	if len(s.Body.List) > 1 {
		w.add(Choice, "select", s)
	}
}

// ranges: maps are walked in the order of their keys, which pointers and channels do not have.
func (w *walk) ranges(s *ast.RangeStmt) {
	if s.Tok == token.ASSIGN {
		for _, e := range []ast.Expr{s.Key, s.Value} {
			if e != nil {
				w.target(e)
			}
		}
	}
	t := w.info.TypeOf(s.X)
	if t == nil {
		return
	}
	if m, ok := types.Unalias(t).Underlying().(*types.Map); ok && !ordered(m.Key(), nil) {
		w.add(MapOrder, types.ExprString(s.X), s)
	}
}

// ordered says whether keys of a type have an order that every run shares.
func ordered(t types.Type, within []types.Type) bool {
	for _, outer := range within {
		if types.Identical(outer, t) {
			return true
		}
	}
	within = append(within, t)
	switch u := types.Unalias(t).Underlying().(type) {
	case *types.Pointer, *types.Chan:
		return false
	case *types.Basic:
		return u.Kind() != types.UnsafePointer
	case *types.Array:
		return ordered(u.Elem(), within)
	case *types.Struct:
		for i := range u.NumFields() {
			if !ordered(u.Field(i).Type(), within) {
				return false
			}
		}
	}
	return true
}

// network and process are functions and methods, by package, that leave this process.
var (
	network = map[string]string{
		"net":      "Dial DialTimeout DialTCP DialUDP DialUnix DialContext Listen ListenTCP ListenUDP ListenPacket LookupAddr LookupHost LookupIP LookupMX LookupNS LookupTXT InterfaceAddrs Interfaces",
		"net/http": "Get Head Post PostForm Do RoundTrip ListenAndServe ListenAndServeTLS Serve ServeTLS", "net/rpc": "Dial DialHTTP", "net/smtp": "Dial SendMail",
	}
	process = map[string]string{"os/exec": "Run Start Output CombinedOutput", "os": "StartProcess"}
)

// dangers notes calls that leave this process, goroutines that are started by a method, and
// distributions without a source.
func (w *walk) dangers(fn *types.Func, c *ast.CallExpr) {
	if fn.Pkg() == nil {
		return
	}
	pkg := fn.Pkg().Path()
	switch {
	case hasWord(network[pkg], fn.Name()):
		w.add(Network, shortName(fn), c)
	case hasWord(process[pkg], fn.Name()):
		w.add(Process, shortName(fn), c)
	case fn.Name() == "Go" && (pkg == "sync" || strings.HasSuffix(pkg, "/errgroup")) && len(c.Args) == 1:
		w.goes(&ast.CallExpr{Fun: c.Args[0], Lparen: c.Pos()})
	case fn.Name() == "Rand" && isDistribution(pkg):
		w.unseeded(c)
	}
}

// shortName is "http.Get" or "exec.Cmd.Run".
func shortName(fn *types.Func) string {
	name := fn.Pkg().Name() + "."
	if r := fn.Signature().Recv(); r != nil {
		if n := namedOf(r.Type()); n != nil {
			name += n.Obj().Name() + "."
		}
	}
	return name + fn.Name()
}

func isDistribution(pkg string) bool { return strings.HasPrefix(pkg, "gonum.org/v1/gonum/stat/dist") }

// unseeded: gonum's distributions draw from the process's own generator when they have no Src.
func (w *walk) unseeded(c *ast.CallExpr) {
	s, ok := ast.Unparen(c.Fun).(*ast.SelectorExpr)
	if !ok {
		return
	}
	switch x := ast.Unparen(s.X).(type) {
	case *ast.CompositeLit:
		if w.sourceless(x) {
			w.add(Unseeded, types.ExprString(x.Type)+" without Src", c)
		}
	case *ast.Ident:
		if obj := w.info.Uses[x]; obj != nil && w.v.sourceless[variable(obj)] {
			w.add(Unseeded, x.Name+", which has no Src,", c)
		}
	}
}

// variable is what a variable is known by: one of the notebook by its name, as each check
// may see another object, one of a function by itself.
func variable(obj types.Object) any {
	if key := objKey(obj); key != "" {
		return plainKey(key)
	}
	return obj
}

// keepsSource notes which variables hold distributions without a source.
func (w *walk) keepsSource(id *ast.Ident, value ast.Expr) {
	obj := w.info.Defs[id]
	if obj == nil {
		obj = w.info.Uses[id]
	}
	if obj == nil {
		return
	}
	lit, ok := ast.Unparen(value).(*ast.CompositeLit)
	if ok && w.sourceless(lit) {
		w.v.sourceless[variable(obj)] = true
	} else {
		delete(w.v.sourceless, variable(obj))
	}
}

func (w *walk) sourceless(lit *ast.CompositeLit) bool {
	t := w.info.TypeOf(lit)
	if t == nil {
		return false
	}
	n := namedOf(t)
	if n == nil || n.Obj().Pkg() == nil || !isDistribution(n.Obj().Pkg().Path()) {
		return false
	}
	s, ok := n.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	has := false
	for i := range s.NumFields() {
		has = has || s.Field(i).Name() == "Src"
	}
	for _, e := range lit.Elts {
		kv, keyed := e.(*ast.KeyValueExpr)
		if !keyed && len(lit.Elts) == s.NumFields() {
			return false // all fields by position
		}
		if keyed {
			if id, ok := kv.Key.(*ast.Ident); ok && id.Name == "Src" {
				return types.ExprString(kv.Value) == "nil"
			}
		}
	}
	return has
}
