package cell

import (
	"strings"
	"testing"
)

var splits = []struct {
	src  string
	want string // kinds, one letter each
}{
	{"", ""},
	{"1 + 1", "S"},
	{"x := 1; y := 2; y", "SSS"},
	{"import \"fmt\"\ntype T struct {\n\tA int\n}\nfunc (t T) M() {}\nx := T{}\nx", "IDDSS"},
	{"func() { f() }()", "S"},
	{"func f() {}\nf()", "DS"},
	{"func (t T) M() int { return 1 }", "D"},
	{"func (a int) int { return a }(3)", "S"},
	{"func (a int) T { return T{} }(3)", "S"},
	{"var x = 1\nconst c = 2", "VD"},
	{"%time f()\nf()\n!ls -l \\\n  -a\nx", "MSHS"},
	{"%%bash\necho hi\n%x\n", "C"},
	{"\n\n%%bash\necho", "BC"},
	{"// only a comment", "B"},
	{"s := `\n%not magic\n`\ns", "SS"},
	{"f(1,\n  2)\ng()", "SS"},
	{"x := 1 // one\n// two\ny := 2", "SS"},
	{"a := 1\r\nb := 2\r\n", "SS"},
	{"\ufeffx := 1", "S"},
	{"if _, ok := m[1]; !ok {\n\tf()\n}", "SS"},
	{"for i := 7; i > 0; %x", "SSS"},
	{"x := 1;\n!ls", "SH"},
	{"if a {\n} else {\n}\nb", "SS"},
	{"package main\nimport \"fmt\"\nfunc main() { fmt.Println() }", "PID"},
	{"größe := 1\n世界 := größe", "SS"},
}

func TestSplit(t *testing.T) {
	letters := map[Kind]byte{Blank: 'B', Magic: 'M', CellMagic: 'C', Shell: 'H', Import: 'I', Decl: 'D', Var: 'V', Stmt: 'S', Clause: 'P'}
	for _, c := range splits {
		var got []byte
		for _, s := range Split(c.src) {
			got = append(got, letters[s.Kind])
		}
		if string(got) != c.want {
			t.Errorf("Split(%q): kinds %s, want %s", c.src, got, c.want)
		}
		whole(t, c.src)
	}
}

// whole checks that no text is lost, that offsets are right, and that no segment is empty.
func whole(t *testing.T, src string) {
	t.Helper()
	var b strings.Builder
	for _, s := range Split(src) {
		if s.Offset != b.Len() || s.Text == "" {
			t.Fatalf("Split(%q): segment %q at %d, want %d", src, s.Text, s.Offset, b.Len())
		}
		b.WriteString(s.Text)
	}
	if b.String() != src {
		t.Fatalf("Split(%q) gives %q", src, b.String())
	}
}

func FuzzSplit(f *testing.F) {
	for _, c := range splits {
		f.Add(c.src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		whole(t, src)
		IsComplete(src)
	})
}

func TestIsComplete(t *testing.T) {
	for src, want := range map[string]State{
		"":                            {Status: Complete},
		"1 + 1":                       {Status: Complete},
		"x := 1\nx":                   {Status: Complete},
		"for i := 0; i < 3; i++ {":    {Incomplete, "    "},
		"for {\n\tif x {":             {Incomplete, "\t\t"},
		"f(1,":                        {Incomplete, ""},
		"x := `abc":                   {Incomplete, ""},
		"/* abc":                      {Incomplete, ""},
		"x +":                         {Incomplete, ""},
		"x,":                          {Incomplete, ""},
		"x := 1\nx, y,\n":             {Incomplete, ""},
		"x, y":                        {Status: Complete},
		"x,\ny // both":               {Status: Complete},
		"1, 2 3":                      {Status: Invalid},
		"// x,":                       {Status: Complete},
		"func f() {\n}\n":             {Status: Complete},
		"x := = 3":                    {Status: Invalid},
		"}":                           {Status: Invalid},
		"x := \"abc":                  {Status: Invalid},
		"%time f()":                   {Status: Complete},
		"!ls (":                       {Status: Complete},
		"type T struct {\n\tA int\n}": {Status: Complete},
	} {
		if got := IsComplete(src); got != want {
			t.Errorf("IsComplete(%q) = %+v, want %+v", src, got, want)
		}
	}
}
