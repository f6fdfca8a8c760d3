package cell

import (
	"go/ast"
	"go/types"
	"strings"
)

// RuntimePath is the import path under which lowered programs find their run-time support.
const RuntimePath = "reprise/kernel/engine/rt"

// replaced are members of compiled packages that lowered programs take from the run-time
// support instead, because they can not be interrupted or know nothing of cells' types.
var replaced = map[string]string{
	"encoding/json.Marshal":       "JSONMarshal",
	"encoding/json.MarshalIndent": "JSONMarshalIndent",
	"encoding/json.Unmarshal":     "JSONUnmarshal",
	"encoding/xml.Marshal":        "XMLMarshal",
	"encoding/xml.MarshalIndent":  "XMLMarshalIndent",
	"encoding/xml.Unmarshal":      "XMLUnmarshal",
	"errors.As":                   "ErrorsAs",
	"time.AfterFunc":              "AfterFunc",
	"time.Sleep":                  "Sleep",
	"os.Exit":                     "Exit",
	"runtime.Goexit":              "Goexit",
	"runtime.Breakpoint":          "Breakpoint",
	"runtime.NumGoroutine":        "NumGoroutine",
}

// replacedMethods are methods of compiled types, given the receiver as first argument.
var replacedMethods = map[string]string{
	"encoding/json.Encoder.Encode":       "JSONEncode",
	"encoding/json.Decoder.Decode":       "JSONDecode",
	"encoding/xml.Encoder.Encode":        "XMLEncode",
	"encoding/xml.Encoder.EncodeElement": "XMLEncodeElement",
	"encoding/xml.Decoder.Decode":        "XMLDecode",
	"encoding/xml.Decoder.DecodeElement": "XMLDecodeElement",
	"log.Logger.Fatal":                   "LoggerFatal",
	"log.Logger.Fatalf":                  "LoggerFatalf",
	"log.Logger.Fatalln":                 "LoggerFatalln",
	"sync.WaitGroup.Wait":                "WaitGroupWait",
	"sync.WaitGroup.Go":                  "WaitGroupGo",
	"sync.Mutex.Lock":                    "MutexLock",
	"sync.RWMutex.Lock":                  "RWMutexLock",
	"sync.RWMutex.RLock":                 "RWMutexRLock",
	"sync.Cond.Wait":                     "CondWait",
}

// keepsBoxes are packages that hand back what they were given: values keep their cell's type there.
var keepsBoxes = map[string]bool{
	"container/heap": true, "container/list": true, "container/ring": true,
	"sync": true, "sync/atomic": true, "context": true, RuntimePath: true,
}

// takesTypes are compiled functions whose place the run-time support takes, and that are told the types of
// cells: by reflection alone they would see no methods, and embedded fields as fields of that name.
var takesTypes = map[string]bool{
	"encoding/json.Marshal": true, "encoding/json.MarshalIndent": true, "(*encoding/json.Encoder).Encode": true,
	"encoding/json.Unmarshal": true, "(*encoding/json.Decoder).Decode": true,
	"encoding/xml.Marshal": true, "encoding/xml.MarshalIndent": true, "encoding/xml.Unmarshal": true,
	"(*encoding/xml.Encoder).Encode": true, "(*encoding/xml.Encoder).EncodeElement": true,
	"(*encoding/xml.Decoder).Decode": true, "(*encoding/xml.Decoder).DecodeElement": true,
	"errors.As": true,
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
