package runner_test

import (
	"strings"
	"testing"

	"reprise/notebooks/nb"
	"reprise/notebooks/runner"
)

const defaults = `%seed 1
// comment
lr, name := 0.01, "adam"
epochs := 50
var layers = []int{1, 2}
var rate float64 = 1
const verbose = false
wait := 2 * time.Second
small := float32(1)`

func TestInject(t *testing.T) {
	for _, c := range []struct{ param, want string }{
		{"lr=1", "lr = 1"},
		{"lr=1e-3", "lr = 1e-3"},
		{"lr=inf", `parameter lr is of type float64, which "inf" is not`},
		{"name=sgd", `name = "sgd"`},
		{"name=a=b \"c\"", `name = "a=b \"c\""`},
		{"name=", `name = ""`},
		{"epochs=-7", "epochs = -7"},
		{"epochs=many", `parameter epochs is of type int, which "many" is not`},
		{"epochs=1.5", `parameter epochs is of type int, which "1.5" is not`},
		{"layers=[]int{3}", "layers = []int{3}"},
		{"layers=[3", `parameter layers is of type []int, which "[3" is not`},
		{"rate=2", "rate = 2"},
		{"verbose=true", "const verbose = true"},
		{"verbose=1", `parameter verbose is of type bool, which "1" is not`},
		{"wait=3*time.Second", "wait = 3*time.Second"},
		{"small=0.5", "small = 0.5"},
		{"other=5", "other := 5"},
		{"other=text", `other := "text"`},
		{"other=[]string{\"a\"}", `other := []string{"a"}`},
	} {
		n := book("x", defaults, "y")
		n.Cells[1].Metadata["tags"] = []any{"parameters"}
		p, err := runner.ParseParam(c.param)
		if err != nil {
			t.Fatal(err)
		}
		unknown, err := runner.Inject(n, []runner.Param{p})
		if err != nil {
			if err.Error() != c.want {
				t.Errorf("%s: error %v, want %s", c.param, err, c.want)
			}
			continue
		}
		if got := n.Cells[2].Source; got != "// Parameters\n"+c.want {
			t.Errorf("%s: %q, want %q", c.param, got, c.want)
		}
		if strings.HasPrefix(c.param, "other") != (len(unknown) == 1) {
			t.Errorf("%s: unknown names %q", c.param, unknown)
		}
	}
}

func TestInjectAgain(t *testing.T) {
	n := book("lr := 1.0")
	n.Cells[0].Metadata["tags"] = []any{"parameters"}
	for _, value := range []string{"2", "3"} {
		if _, err := runner.Inject(n, []runner.Param{{"lr", value}}); err != nil {
			t.Fatal(err)
		}
	}
	if len(n.Cells) != 2 || n.Cells[1].Source != "// Parameters\nlr = 3" || !n.Cells[1].HasTag("injected-parameters") || n.Cells[1].ID == "" {
		t.Errorf("%d cells, second %+v", len(n.Cells), n.Cells[1])
	}
	empty := &nb.Notebook{}
	if _, err := runner.Inject(empty, []runner.Param{{"a", "1"}}); err != nil || len(empty.Cells) != 1 {
		t.Errorf("without a parameters cell: %v, %d cells", err, len(empty.Cells))
	}
}

func TestParseParam(t *testing.T) {
	for _, bad := range []string{"", "lr", "=1", "a b=1", "func=1", "1a=2"} {
		if _, err := runner.ParseParam(bad); err == nil || !strings.Contains(err.Error(), "name=value") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
