package cell

import (
	"go/ast"
	"go/types"
	"strings"
)

func typeArgs(list *types.TypeList) []types.Type {
	var args []types.Type
	for i := range list.Len() {
		args = append(args, list.At(i))
	}
	return args
}

// instanceOf writes a generic function with its type arguments filled in.
func (l *lowerer) instanceOf(e ast.Expr) string {
	id, _ := e.(*ast.Ident)
	if sel, ok := e.(*ast.SelectorExpr); ok {
		id = sel.Sel
	}
	if id == nil {
		return l.expr(e)
	}
	f, ok := l.info.Uses[id].(*types.Func)
	if !ok {
		l.fail(e, "the generic value %s", id.Name)
	}
	inst := l.info.Instances[id]
	var args []types.Type
	for i := range inst.TypeArgs.Len() {
		args = append(args, l.sub(inst.TypeArgs.At(i)))
	}
	d := l.declOf(f)
	if d == nil {
		l.fail(e, "the generic function %s.%s", f.Pkg().Name(), f.Name())
	}
	return l.instance(d, d.obj.(*types.Func).Signature().TypeParams(), args)
}

// instance writes a generic function or method for one set of type arguments, once, and
// returns its name.
func (l *lowerer) instance(d *decl, params *types.TypeParamList, args []types.Type) string {
	var keys []string
	for _, a := range args {
		keys = append(keys, l.key(a))
	}
	if len(keys) > 0 && len(keys[0]) > 2000 {
		l.fail(d.node, "generic code that instantiates itself without end")
	}
	return l.once("inst "+d.rt+"["+strings.Join(keys, ",")+"]", d.rt, func(name string) {
		m := map[*types.TypeParam]types.Type{}
		for i := range min(params.Len(), len(args)) {
			m[params.At(i)] = args[i]
		}
		l.queue = append(l.queue, func() {
			l.in(d, func() {
				l.subst = m
				l.writeFunc(name, d.node.(*ast.FuncDecl), d.obj.(*types.Func).Signature())
			})
		})
	})
}
