package cell

import (
	"go/ast"
	"go/types"
	"strings"
)

// looking are the first words of methods and functions of compiled packages that only look
// at what they are given. What is not listed may change it.
var looking = strings.Fields(`All Any At Autocorr Cap Clone Col Cols Columns Compare Config Copy Corr Count Cov Describe Det
	Dims Display Dot Drop Equal Err Error Evaluate Filter Format Get Group Has Head History HTML Index Info Is
	Items Join Keys Labels Layers Len Load Loss Markdown Max Mean Median Merge Metrics Min Name Names Norm Nrow
	Ncol NumParams Output Params Plot Predict Print Quantile Raw Row Rows Save Score Select Shape Show Slice Sort
	Sprint Std String Sub Subset Sum Summary SVG T Tail Text Title Trace Types Unwrap Value Values Var Weights Write`)

// lookingPackages have functions that only look at their arguments.
const lookingPackages = "reprise/nnlib/experiment reprise/kernel/display reprise/dataframe gonum.org/v1/plot/plotter"

// changing are functions of the standard library that change their first argument.
var changing = map[string]string{
	"sort": "Slice SliceStable Sort Stable Ints Strings Float64s", "slices": "Sort SortFunc SortStableFunc Reverse",
	"maps": "Copy DeleteFunc", "math/rand": "Read", "crypto/rand": "Read", "io": "ReadFull Copy", "encoding/binary": "Read",
}

// call notes what a call may change: the receiver of a method, what pointers lead to.
func (w *walk) call(c *ast.CallExpr) {
	fun := ast.Unparen(c.Fun)
	if id, ok := fun.(*ast.Ident); ok {
		if b, ok := w.info.Uses[id].(*types.Builtin); ok {
			if n := b.Name(); (n == "copy" || n == "delete" || n == "clear" || n == "close") && len(c.Args) > 0 {
				w.target(c.Args[0])
			}
			return
		}
	}
	fn, recv := w.callee(fun)
	if fn != nil {
		w.dangers(fn, c)
	}
	if recv != nil && w.changes(fn, recv) {
		w.target(recv)
	}
	for i, arg := range c.Args {
		if w.argument(fn, i, arg) {
			w.target(arg)
		}
	}
}

// callee is the function that a call names, and the receiver of a method.
func (w *walk) callee(fun ast.Expr) (*types.Func, ast.Expr) {
	switch f := fun.(type) {
	case *ast.Ident:
		fn, _ := w.info.Uses[f].(*types.Func)
		return fn, nil
	case *ast.SelectorExpr:
		if s := w.info.Selections[f]; s != nil {
			fn, _ := s.Obj().(*types.Func)
			if s.Kind() == types.MethodVal {
				return fn, f.X
			}
			return fn, nil
		}
		fn, _ := w.info.Uses[f.Sel].(*types.Func)
		return fn, nil
	}
	return nil, nil
}

// changes says whether a method may change its receiver.
func (w *walk) changes(fn *types.Func, recv ast.Expr) bool {
	if fn == nil {
		return false
	}
	t := w.info.TypeOf(recv)
	r := fn.Signature().Recv()
	if t == nil || r == nil {
		return false
	}
	_, byPointer := types.Unalias(r.Type()).(*types.Pointer)
	if !byPointer && !types.IsInterface(t) {
		return false
	}
	if d := w.v.lookup(objKey(fn)); d != nil {
		return assignsReceiver(d)
	}
	return !looks(fn.Name()) && (fn.Pkg() == nil || !hasWord(lookingPackages, fn.Pkg().Path()))
}

// assignsReceiver looks into a method of a cell: does it set a part of its receiver, or
// hand the receiver on?
func assignsReceiver(d *decl) bool {
	f, ok := d.node.(*ast.FuncDecl)
	if !ok || f.Recv == nil || len(f.Recv.List) == 0 || len(f.Recv.List[0].Names) == 0 || f.Body == nil {
		return false
	}
	self := d.info.Defs[f.Recv.List[0].Names[0]]
	is := func(e ast.Expr) bool {
		id := Root(e)
		return id != nil && d.info.Uses[id] == self
	}
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				found = found || is(l)
			}
		case *ast.IncDecStmt:
			found = found || is(n.X)
		case *ast.CallExpr:
			if s, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok && is(s.X) && !looks(s.Sel.Name) {
				found = true
			}
			for _, a := range n.Args {
				if id, ok := a.(*ast.Ident); ok && is(id) {
					found = true
				}
			}
		}
		return !found
	})
	return found
}

// argument says whether a function may change what an argument leads to.
func (w *walk) argument(fn *types.Func, i int, arg ast.Expr) bool {
	t := w.info.TypeOf(arg)
	if t == nil || fn == nil || fn.Pkg() == nil {
		return false
	}
	if names, ok := changing[fn.Pkg().Path()]; ok && fn.Signature().Recv() == nil {
		return i == 0 && hasWord(names, fn.Name())
	}
	if standard(fn.Pkg().Path()) || hasWord(lookingPackages, fn.Pkg().Path()) {
		return false
	}
	_, pointer := types.Unalias(t).Underlying().(*types.Pointer)
	return pointer && !looks(fn.Name())
}

// standard says whether a path is the standard library's: its first element has no dot, and is not ours.
func standard(pkg string) bool {
	first, _, _ := strings.Cut(pkg, "/")
	return !strings.Contains(first, ".") && first != "reprise" && first != path
}

// looks says whether a name begins with a word that only looks.
func looks(name string) bool {
	for _, word := range looking {
		if rest, ok := strings.CutPrefix(name, word); ok && (rest == "" || rest[0] < 'a' || rest[0] > 'z') {
			return true
		}
	}
	return false
}

func hasWord(words, word string) bool {
	for _, w := range strings.Fields(words) {
		if w == word {
			return true
		}
	}
	return false
}
