package cell

import "testing"

func TestQuestion(t *testing.T) {
	for src, want := range map[string]struct {
		name   string
		detail int
		ok     bool
	}{
		"fmt.Println?":       {"fmt.Println", 0, true},
		" df??\n":            {"df", 1, true},
		"größe?":             {"größe", 0, true},
		"?fmt.Println":       {"fmt.Println", 0, true},
		"??df\n":             {"df", 1, true},
		"?df?":               {},
		"???df":              {},
		"?":                  {},
		"a b?":               {},
		"x.?":                {},
		"f()?":               {},
		"fmt.Println(\"?\")": {},
	} {
		name, detail, ok := Question(src)
		if name != want.name || detail != want.detail || ok != want.ok {
			t.Errorf("Question(%q) = %q, %d, %v, want %+v", src, name, detail, ok, want)
		}
		if ok && IsComplete(src).Status != Complete {
			t.Errorf("%q is %s", src, IsComplete(src).Status)
		}
	}
}
