package trace_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"reprise/nnlib/trace"
)

func TestChecksThroughJSON(t *testing.T) {
	for _, c := range []trace.Checks{nil, {{Step: 0, Loss: 1, Draws: 2}}, {{Step: 5, Loss: 1, Draws: 1 << 31, Weights: []uint32{7, 8}}, {Step: 1 << 20, Weights: []uint32{9, 1}}}} {
		text, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		var back trace.Checks
		if err := json.Unmarshal(text, &back); err != nil || fmt.Sprint(back) != fmt.Sprint(c) {
			t.Errorf("%s: %v, want %v, %v", text, back, c, err)
		}
	}
}

func TestBrokenChecks(t *testing.T) {
	for text, want := range map[string]string{
		`7`:                    "cannot unmarshal number",
		`"?"`:                  "illegal base64",
		`"AAA"`:                "middle of a word",
		`"AQAAAAEAAAABAAAA"`:   "do not fill 2 words",
		`"/////wEAAAABAAAA"`:   "do not fill 2 words",
		`"/f///wEAAAABAAAAAQ"`: "middle of a word",
	} {
		var c trace.Checks
		if err := json.Unmarshal([]byte(text), &c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

func fit(digest string) *trace.Fit { return &trace.Fit{Digest: digest} }

func TestCollector(t *testing.T) {
	var c trace.Collector
	c.Start(nil)
	var numbers []int
	for range 20 {
		n, zoom := c.Begin()
		if zoom != nil {
			t.Error("nobody asked for a zoom")
		}
		numbers = append(numbers, n)
	}
	for i := len(numbers) - 1; i >= 0; i-- { // they end in another order than they began
		c.End(numbers[i], fit(fmt.Sprint(i)))
	}
	l := c.Take()
	if len(l.Fits) != 16 || l.Fits[3].Digest != "3" || l.More == nil || l.More.Fits != 4 {
		t.Fatalf("%+v", l)
	}
	c.Start(&trace.Zoom{Fit: 17, From: 2, To: 3})
	for i := range 20 {
		n, zoom := c.Begin()
		if (zoom != nil) != (i == 17) {
			t.Errorf("training %d has zoom %v", i, zoom)
		}
		c.End(n, fit(fmt.Sprint(i)))
	}
	if l := c.Take(); len(l.Fits) != 20 || l.More != nil {
		t.Errorf("with a zoom, %+v", l)
	}
	c.End(3, fit("late"))
	if l := c.Take(); l != nil {
		t.Errorf("a cell without trainings has %+v", l)
	}
}

func TestNilCollector(t *testing.T) {
	var c *trace.Collector
	c.Start(nil)
	n, zoom := c.Begin()
	c.End(n, fit("x"))
	if c.Take() != nil || zoom != nil {
		t.Error("it collects")
	}
}

// What is written is read again, tensors included, and compares as before.
func TestFitThroughJSON(t *testing.T) {
	a := &trace.Fit{Model: "model/1", Setup: map[string]string{"seed": "1"}, Batches: 2, Steps: 4, Every: 1, Weights: []string{"w"}, Digest: "a",
		Checks:  trace.Checks{{Weights: []uint32{1}}, {Step: 2, Loss: 7, Weights: []uint32{2}}},
		Tensors: []trace.Tensor{trace.NewTensor(1, trace.Updated, "w", []int{2, 2}, []float32{1, 2, 3, 4}, true)}}
	text, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	b := &trace.Fit{}
	if err := json.Unmarshal(text, b); err != nil || !reflect.DeepEqual(a, b) {
		t.Fatalf("%+v, %v", b, err)
	}
	b.Digest, b.Tensors[0] = "b", trace.NewTensor(1, trace.Updated, "w", []int{2, 2}, []float32{1, 2, 3.5, 4}, true)
	const want = "arithmetic, optimizer: w, step 2 (epoch 1, batch 2)\n" +
		"  first: updated weights of w, element [1, 0]: 3 and 3.5 (2097152 ULP apart); 1 of 4 elements differ\n" +
		"  all gradients and the learning rate are the same"
	if d := trace.Compare(a, b); d.String() != want {
		t.Errorf("got\n%s\nwant\n%s", d, want)
	}
}

func TestCompareChecks(t *testing.T) {
	base := func() *trace.Fit {
		return &trace.Fit{Batches: 10, Steps: 40, Weights: []string{"v", "w"}, Digest: "a", Checks: trace.Checks{
			{Step: 0, Weights: []uint32{1, 1}}, {Step: 16, Weights: []uint32{2, 2}}, {Step: 32, Weights: []uint32{3, 3}}, {Step: 40, Weights: []uint32{4, 4}}}}
	}
	for _, c := range []struct {
		name     string
		change   func(f *trace.Fit)
		class    trace.Class
		from, to int
		says     string
	}{
		{"nothing", func(*trace.Fit) {}, trace.Same, 0, 0, "same"},
		{"a later check", func(f *trace.Fit) { f.Checks[2].Weights[1] = 9; f.Digest = "b" }, trace.Somewhere, 16, 32, "weights differ: w"},
		{"healed", func(f *trace.Fit) { f.Checks[2].Weights[1] = 9 }, trace.Somewhere, 16, 32, "weights differ: w"},
		{"the end", func(f *trace.Fit) { f.Digest, f.Checks = "b", f.Checks[:3] }, trace.Somewhere, 32, 40, "after the last one"},
		{"initial", func(f *trace.Fit) { f.Digest, f.Checks[0].Weights[0] = "b", 5 }, trace.InitialWeights, 0, 0, "initial weights differ: v"},
		{"fewer steps", func(f *trace.Fit) { f.Digest, f.Checks, f.Steps = "b", f.Checks[:3], 32 }, trace.OtherLength, 32, 32, "40 and 32 steps"},
		{"data", func(f *trace.Fit) { f.Data = "2" }, trace.OtherData, 0, 0, "did not notice"},
		{"setup", func(f *trace.Fit) { f.Setup = map[string]string{"loss": "mae"} }, trace.OtherSetup, 0, 0, "loss: (none) and mae"},
		{"model", func(f *trace.Fit) { f.Weights = []string{"v", "u"} }, trace.OtherModel, 0, 0, "other model: w, u"},
		{"coarser", func(f *trace.Fit) {
			f.Digest, f.Checks = "b", trace.Checks{f.Checks[0], {Step: 32, Weights: []uint32{8, 8}}}
		}, trace.Somewhere, 0, 32, "weights differ: v, w"},
	} {
		a, b := base(), base()
		a.Data = "1"
		b.Data = "1"
		c.change(b)
		d := trace.Compare(a, b)
		if d.Class != c.class || d.From != c.from || d.To != c.to || !strings.Contains(d.String(), c.says) {
			t.Errorf("%s: %q [%d, %d)\n%s", c.name, d.Class, d.From, d.To, d)
		}
	}
}

func ExampleCompare() {
	a := &trace.Fit{Batches: 4, Steps: 8, Digest: "a", Weights: []string{"dense_1/kernel"}, Checks: trace.Checks{{Step: 0, Weights: []uint32{1}}, {Step: 8, Weights: []uint32{2}}}}
	b := &trace.Fit{Batches: 4, Steps: 8, Digest: "b", Weights: []string{"dense_1/kernel"}, Checks: trace.Checks{{Step: 0, Weights: []uint32{1}}, {Step: 8, Weights: []uint32{3}}}}
	fmt.Println(trace.Compare(a, b))
	// Output:
	// steps differ, between step 1 (epoch 1, batch 1) and step 8 (epoch 2, batch 4)
	//   weights differ: dense_1/kernel
}
