package engine

import (
	"fmt"
	"go/types"
	"strings"
)

// declaration writes the object as it would be declared, names qualified as cells do.
func declaration(s subject) string {
	switch o := s.obj.(type) {
	case *types.PkgName:
		return "package " + o.Imported().Name()
	case *types.Builtin:
		return "func " + o.Name() + builtins[o.Name()]
	case *types.Const:
		return fmt.Sprintf("const %s %s = %s", qualified(o), types.TypeString(o.Type(), packageName), o.Val())
	case *types.Func:
		return funcDeclaration(o)
	case *types.Var:
		if o.IsField() {
			return fieldName(s) + " " + types.TypeString(o.Type(), packageName)
		}
		return "var " + qualified(o) + " " + types.TypeString(o.Type(), packageName)
	case *types.Nil:
		return "nil"
	}
	return types.ObjectString(s.obj, packageName)
}

// builtins are the signatures of package builtin, with the names that its documentation has.
var builtins = map[string]string{
	"append":  "(slice []Type, elems ...Type) []Type",
	"cap":     "(v Type) int",
	"clear":   "(t Type)",
	"close":   "(c chan<- Type)",
	"complex": "(r, i FloatType) ComplexType",
	"copy":    "(dst, src []Type) int",
	"delete":  "(m map[Type]Type1, key Type)",
	"imag":    "(c ComplexType) FloatType",
	"len":     "(v Type) int",
	"make":    "(t Type, size ...IntegerType) Type",
	"max":     "(x T, y ...T) T",
	"min":     "(x T, y ...T) T",
	"new":     "(Type) *Type",
	"panic":   "(v any)",
	"print":   "(args ...Type)",
	"println": "(args ...Type)",
	"real":    "(c ComplexType) FloatType",
	"recover": "() any",
}

func qualified(o types.Object) string {
	if o.Pkg() != nil && o.Parent() == o.Pkg().Scope() {
		if p := packageName(o.Pkg()); p != "" {
			return p + "." + o.Name()
		}
	}
	return o.Name()
}

func fieldName(s subject) string {
	if s.owner == nil {
		return "field " + s.obj.Name()
	}
	return "field " + types.TypeString(s.owner, packageName) + "." + s.obj.Name()
}

func funcDeclaration(f *types.Func) string {
	sig := f.Signature()
	text := strings.TrimPrefix(types.TypeString(sig, packageName), "func")
	if r := sig.Recv(); r != nil {
		recv := types.TypeString(r.Type(), packageName)
		if types.IsInterface(r.Type()) {
			return fmt.Sprintf("func (%s) %s%s", recv, f.Name(), text)
		}
		if r.Name() != "" {
			recv = r.Name() + " " + recv
		}
		return fmt.Sprintf("func (%s) %s%s", recv, f.Name(), text)
	}
	return "func " + qualified(f) + text
}

// typeDeclaration shows a struct's and an interface's members that may be used, one a line with its comment.
func typeDeclaration(t *types.TypeName, doc func(member types.Object) string) string {
	if t.Pkg() == nil {
		return "type " + t.Name()
	}
	if t.IsAlias() {
		return "type " + qualified(t) + " = " + types.TypeString(types.Unalias(t.Type()), packageName)
	}
	head := "type " + types.TypeString(t.Type(), packageName)
	u := t.Type().Underlying()
	if it, ok := u.(*types.Interface); ok && !it.IsMethodSet() {
		u = nil // a constraint: written out
	}
	var lines []string
	switch u := u.(type) {
	case *types.Struct:
		lines, head = structLines(t, u, doc), head+" struct"
	case *types.Interface:
		head += " interface"
		for i := range u.NumMethods() {
			if m := u.Method(i); m.Exported() || own(m, t.Pkg()) && packageName(t.Pkg()) == "" {
				lines = append(lines, m.Name()+strings.TrimPrefix(types.TypeString(m.Type(), packageName), "func")+remark(doc(m)))
			}
		}
	default:
		return head + " " + types.TypeString(t.Type().Underlying(), packageName)
	}
	if len(lines) == 0 {
		return head + " {}"
	}
	return head + " {\n    " + strings.Join(lines, "\n    ") + "\n}"
}

func structLines(t *types.TypeName, s *types.Struct, doc func(member types.Object) string) []string {
	var lines []string
	hidden := false
	for i := range s.NumFields() {
		f := s.Field(i)
		if !f.Exported() && packageName(t.Pkg()) != "" {
			hidden = true
			continue
		}
		name := f.Name() + " "
		if f.Embedded() {
			name = ""
		}
		lines = append(lines, name+types.TypeString(f.Type(), packageName)+remark(doc(f)))
	}
	if hidden {
		lines = append(lines, "// unexported fields")
	}
	return lines
}

// remark is the first sentence of a member's comment, when it is short, to stand behind the member.
func remark(doc string) string {
	text := strings.Join(strings.Fields(doc), " ")
	if first, _, more := strings.Cut(text, ". "); more {
		text = first + "."
	}
	if text == "" || len(text) > 100 {
		return ""
	}
	return " // " + text
}

func methodList(t *types.TypeName, here *types.Package) string {
	if types.IsInterface(t.Type()) {
		return ""
	}
	var lines []string
	for _, m := range members(t.Type(), here) {
		if f, ok := m.(*types.Func); ok {
			lines = append(lines, funcDeclaration(f))
		}
	}
	return strings.Join(lines, "\n")
}
