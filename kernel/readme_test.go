package kernel_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each capability that README.md says yes to names tests, and they exist.
func TestReadmeNamesTests(t *testing.T) {
	have := map[string]bool{}
	defined := regexp.MustCompile(`(?m)^\s*(?:func|def) (Test\w+|test_\w+)\(`)
	for _, root := range []string{".", "../install"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(path, ".py") {
				return err
			}
			text, err := os.ReadFile(path)
			for _, m := range defined.FindAllSubmatch(text, -1) {
				have[string(m[1])] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	named := regexp.MustCompile(`\b(?:Test[A-Z]\w*|test_\w+)\b`)
	for line := range strings.Lines(string(text)) {
		if !strings.Contains(line, "| yes |") {
			continue
		}
		rows++
		tests := named.FindAllString(line, -1)
		if len(tests) == 0 {
			t.Errorf("no test is named: %s", line)
		}
		for _, name := range tests {
			if !have[name] {
				t.Errorf("there is no test %s", name)
			}
		}
	}
	if rows < 30 {
		t.Errorf("%d rows say yes; want 30 or more", rows)
	}
}
