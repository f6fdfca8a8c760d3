package runner

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"reprise/notebooks/nb"
)

// Tags of papermill: the cell with default parameters, and the one that overrides them.
const (
	tagParameters = "parameters"
	tagInjected   = "injected-parameters"
)

// A Param overrides one parameter of a notebook. Value is as the person typed it.
type Param struct{ Name, Value string }

// ParseParam reads name=value.
func ParseParam(text string) (Param, error) {
	name, value, ok := strings.Cut(text, "=")
	if !ok || !token.IsIdentifier(name) {
		return Param{}, fmt.Errorf("parameter %q: want name=value with a Go name, such as epochs=100", text)
	}
	return Param{name, value}, nil
}

// Inject puts a cell that assigns params after the cell tagged parameters, or first when
// there is none; one that an earlier run put there is replaced. It returns the names that
// the parameters cell does not declare.
func Inject(book *nb.Notebook, params []Param) (unknown []string, err error) {
	if len(params) == 0 {
		return nil, nil
	}
	book.Cells = slices.DeleteFunc(book.Cells, func(c *nb.Cell) bool { return c.HasTag(tagInjected) })
	at, defaults := -1, map[string]declared{}
	for i, c := range book.Cells {
		if c.Type == nb.Code && c.HasTag(tagParameters) {
			at, defaults = i, declarations(c.Source)
			break
		}
	}
	source := "// Parameters\n"
	for _, p := range params {
		d, known := defaults[p.Name]
		if !known {
			unknown = append(unknown, p.Name)
		}
		line, err := d.assign(p)
		if err != nil {
			return nil, err
		}
		source += line + "\n"
	}
	cell := &nb.Cell{Type: nb.Code, ID: freeID(book), Source: strings.TrimSuffix(source, "\n"), Metadata: map[string]any{"tags": []any{tagInjected}}}
	book.Cells = slices.Insert(book.Cells, at+1, cell)
	return unknown, nil
}

// freeID is an id that follows from the notebook, so that a second run writes the same bytes.
func freeID(book *nb.Notebook) string {
	id := tagInjected
	for n := 2; slices.ContainsFunc(book.Cells, func(c *nb.Cell) bool { return c.ID == id }); n++ {
		id = fmt.Sprintf("%s-%d", tagInjected, n)
	}
	return id
}

// declared is how the parameters cell declares a name: by which token, and with which
// kind of value.
type declared struct {
	by   token.Token // DEFINE, VAR, CONST; ILLEGAL when it does not
	kind string      // string, int, float64, bool, or any other type as written; "" unknown
}

// assign writes the Go line that gives p its value.
func (d declared) assign(p Param) (string, error) {
	value, err := d.literal(p)
	switch {
	case err != nil:
		return "", err
	case d.by == token.CONST:
		return fmt.Sprintf("const %s = %s", p.Name, value), nil
	case d.by == token.ILLEGAL:
		return fmt.Sprintf("%s := %s", p.Name, value), nil
	}
	// Plain assignment keeps the declared type: lr = 1 stays a float64.
	return fmt.Sprintf("%s = %s", p.Name, value), nil
}

func (d declared) literal(p Param) (string, error) {
	bad := false
	switch d.kind {
	case "string":
		return strconv.Quote(p.Value), nil
	case "bool":
		bad = p.Value != "true" && p.Value != "false"
	case "int", "int64", "int32", "uint64", "uint32", "uint":
		_, err := strconv.ParseInt(p.Value, 0, 64)
		bad = err != nil
	case "float64", "float32":
		_, err := strconv.ParseFloat(p.Value, 64)
		bad = err != nil || !isGo(p.Value) // ParseFloat also knows inf and nan
	case "":
		if isGo(p.Value) || d.by != token.ILLEGAL && isComputed(p.Value) {
			return p.Value, nil
		}
		return strconv.Quote(p.Value), nil
	default:
		_, err := parser.ParseExpr(p.Value)
		bad = err != nil
	}
	if bad {
		return "", fmt.Errorf("parameter %s is of type %s, which %q is not", p.Name, d.kind, p.Value)
	}
	return p.Value, nil
}

// isGo takes numbers, true, false, quoted text and composite literals as Go; the rest is text.
func isGo(value string) bool {
	e, err := parser.ParseExpr(value)
	if err != nil {
		return false
	}
	if u, ok := e.(*ast.UnaryExpr); ok && (u.Op == token.SUB || u.Op == token.ADD) {
		e = u.X
	}
	switch e := e.(type) {
	case *ast.BasicLit, *ast.CompositeLit:
		return true
	case *ast.Ident:
		return e.Name == "true" || e.Name == "false"
	}
	return false
}

// isComputed takes 2*time.Second as Go, but not a lone word.
func isComputed(value string) bool {
	e, err := parser.ParseExpr(value)
	_, word := e.(*ast.Ident)
	return err == nil && !word
}

// declarations finds the names that a cell's text declares; text that does not parse declares none.
func declarations(source string) map[string]declared {
	found := map[string]declared{}
	f, err := parser.ParseFile(token.NewFileSet(), "", "package p\nfunc _() {\n"+withoutMagics(source)+"\n}", parser.SkipObjectResolution)
	if err != nil {
		return found
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE && len(n.Lhs) == len(n.Rhs) {
				for i, l := range n.Lhs {
					found[l.(*ast.Ident).Name] = declared{token.DEFINE, kindOf(n.Rhs[i])}
				}
			}
		case *ast.GenDecl:
			for _, s := range n.Specs {
				if v, ok := s.(*ast.ValueSpec); ok {
					declareSpec(found, n.Tok, v)
				}
			}
		}
		return true
	})
	return found
}

func declareSpec(found map[string]declared, by token.Token, v *ast.ValueSpec) {
	for i, name := range v.Names {
		kind := ""
		if v.Type != nil {
			kind = types.ExprString(v.Type)
		} else if len(v.Values) == len(v.Names) {
			kind = kindOf(v.Values[i])
		}
		found[name.Name] = declared{by, kind}
	}
}

// kindOf is the type that := would give a value, as far as its text shows it.
func kindOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		switch e.Kind {
		case token.STRING:
			return "string"
		case token.INT:
			return "int"
		case token.FLOAT:
			return "float64"
		}
	case *ast.Ident:
		if e.Name == "true" || e.Name == "false" {
			return "bool"
		}
	case *ast.UnaryExpr:
		return kindOf(e.X)
	case *ast.CompositeLit:
		return types.ExprString(e.Type)
	case *ast.CallExpr: // a conversion such as float32(1)
		if name, ok := e.Fun.(*ast.Ident); ok {
			if _, isType := types.Universe.Lookup(name.Name).(*types.TypeName); isType {
				return name.Name
			}
		}
	}
	return ""
}

func withoutMagics(source string) string {
	var b strings.Builder
	for line := range strings.Lines(source) {
		if !strings.HasPrefix(line, "%") && !strings.HasPrefix(line, "!") {
			b.WriteString(line)
		}
	}
	return b.String()
}
