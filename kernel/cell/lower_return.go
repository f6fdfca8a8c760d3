package cell

import (
	"go/ast"
	"go/types"
	"strings"
)

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
