package nnlib_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Every part stands in its table: the names in tables.go, and classes.go for what a saved model may consist of.
func TestTablesAreComplete(t *testing.T) {
	read := func(file string) string {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	names, classes := read("tables.go"), read("classes.go")
	tables := map[string][]string{
		"activation_": {names, classes}, "init_": {names, classes}, "regularizer_": {names, classes}, "constraint_": {names, classes},
		"loss_": {names}, "optim_": {names}, "metric_": {names}, "layer_": {classes},
	}
	// A constant has no value of its own that a name could stand for.
	nameless := []string{"Constant"}
	part := regexp.MustCompile(`(?m)^var _ (?:Layer|Loss|Optimizer|Metric|Activation|Initializer|Regularizer|Constraint) += \(\*(\w+)\)`)
	files, err := filepath.Glob("*_*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, file := range files {
		prefix, _, _ := strings.Cut(file, "_")
		for _, m := range part.FindAllStringSubmatch(read(file), -1) {
			found++
			for k, table := range tables[prefix+"_"] {
				if !strings.Contains(table, "&"+m[1]+"{") && !(k == 0 && slices.Contains(nameless, m[1])) {
					t.Errorf("%s: %s is missing in table %d of its kind (tables.go, classes.go)", file, m[1], k+1)
				}
			}
		}
	}
	if found < 120 {
		t.Errorf("found %d parts", found)
	}
}
