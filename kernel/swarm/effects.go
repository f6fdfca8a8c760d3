package swarm

import (
	"go/ast"
	"strings"
)

// effects are members of packages that change the world outside of the notebook, or ask the
// person: what a second process must not do again. "*" stands for a whole package.
var effects = map[string]string{
	"os":        "Create CreateTemp WriteFile OpenFile Remove RemoveAll Rename Mkdir MkdirAll MkdirTemp Chmod Chown Chtimes Link Symlink Truncate Stdin StartProcess",
	"exec":      "Command CommandContext",
	"http":      "*",
	"net":       "*",
	"smtp":      "*",
	"sql":       "*",
	"syscall":   "*",
	"fmt":       "Scan Scanln Scanf",
	"display":   "Input Password",
	"ioutil":    "WriteFile TempFile TempDir",
	"dataframe": "WriteCSVFile",
	"arrow":     "WriteParquetFile",
}

// settings are members of packages that change the process for later cells.
var settings = map[string]string{
	"os": "Setenv Unsetenv Clearenv Chdir",
}

// writers are methods that write files, by the beginning of their names.
var writers = []string{"Save", "WriteFile"}

// effectOf names the effect that a selector stands for, if any.
func effectOf(s *ast.SelectorExpr) string {
	member := s.Sel.Name
	if id, ok := s.X.(*ast.Ident); ok {
		if list, known := effects[id.Name]; known {
			if list == "*" || hasWord(list, member) {
				return id.Name + "." + member
			}
			return ""
		}
	}
	for _, w := range writers {
		if strings.HasPrefix(member, w) {
			return "the method " + member
		}
	}
	return ""
}

func hasWord(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}
