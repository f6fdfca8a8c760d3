package experiment_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/experiment"
)

// draws is an experiment whose score is its first random number.
func draws(run experiment.Run) float64 { return run.Stream("score").Float64() }

func TestRunsDependOnSeedAndNumberOnly(t *testing.T) {
	nnlib.Seed(5)
	ten := experiment.Repeat(10, draws)
	nnlib.Root().Stream("elsewhere").Float64()
	three := experiment.Repeat(3, draws)
	if !slices.Equal(ten.Values[:3], three.Values) || !slices.Equal(ten.Seeds[:3], three.Seeds) {
		t.Errorf("runs 0 to 2 of ten are %v, of three %v", ten.Values[:3], three.Values)
	}
	if slices.Equal(ten.Values[:1], ten.Values[1:2]) {
		t.Error("two runs drew the same")
	}
	nnlib.Seed(ten.Seeds[7])
	if got := draws(experiment.Run{}); got != ten.Values[7] {
		t.Errorf("run 7 played alone gives %v, in its place %v", got, ten.Values[7])
	}
	nnlib.Seed(6)
	if other := experiment.Repeat(3, draws); other.Values[0] == ten.Values[0] {
		t.Error("another seed gave the same run")
	}
}

func TestRepeatGivesTheRootBackAfterAPanic(t *testing.T) {
	nnlib.Seed(5)
	before := nnlib.Root().Generation()
	func() {
		defer func() { recover() }()
		experiment.Repeat(2, func(experiment.Run) float64 { panic("stop") })
	}()
	if after := nnlib.Root().Generation(); after != before {
		t.Errorf("the root in force is generation %d, was %d", after, before)
	}
}

func TestRepeatRefusesAWorldWithOneSequence(t *testing.T) {
	nnlib.Use(nnlib.Theano{NumpySeed: 1})
	defer nnlib.Seed(1)
	defer func() {
		if err, _ := recover().(error); err == nil || !strings.Contains(err.Error(), "nnlib.Seed first") {
			t.Errorf("got %v", err)
		}
	}()
	experiment.Repeat(2, draws)
}

func TestCompareIsPairedForEqualSeeds(t *testing.T) {
	nnlib.Seed(1)
	a := experiment.Repeat(30, draws)
	b := experiment.Repeat(30, func(run experiment.Run) float64 { return draws(run) + 0.01 + 0.001*run.Stream("noise").Float64() })
	a.Name, b.Name = "narrow", "wide"
	c := experiment.Compare(a, b)
	if !c.Paired || c.Tests[0].P > 1e-6 || c.Difference >= 0 {
		t.Errorf("%+v", c)
	}
	if !strings.HasPrefix(c.Sentence(), "narrow scores 0.01") || !strings.Contains(c.Sentence(), "lower than wide on average, and 30 paired runs") {
		t.Error(c.Sentence())
	}
	if u := experiment.Compare(a, experiment.Named("list", b.Values)); u.Paired || u.Tests[0].P < 0.05 || u.Needed < 100 {
		t.Errorf("unpaired: %+v", u)
	}
}

func TestRepeatShowsItsProgress(t *testing.T) {
	var lines []string
	nnlib.Attach(nnlib.Root(), func(line string) { lines = append(lines, line) }, nil)
	defer nnlib.Attach(nnlib.Root(), nil, nil)
	experiment.RepeatWith(experiment.Options{Runs: 3, Name: "net"}, draws)
	if got := strings.Join(lines, "|"); got != "net: run 1 of 3|net: run 2 of 3|net: run 3 of 3|net: run 3 of 3|" {
		t.Error(got)
	}
}

func TestManyScoresAreShownByTheirEnds(t *testing.T) {
	values := make([]float64, 1000)
	for i := range values {
		values[i] = float64(i)
	}
	many, few := experiment.Named("many", values), experiment.Named("few", values[:60])
	if got := strings.Count(many.String(), "\n"); got != 11 || !strings.Contains(many.String(), "\n  4  4\n...\n995  995\n") {
		t.Error(many)
	}
	if got := strings.Count(many.HTML(), "<tr>"); got != 12 {
		t.Errorf("%d rows in HTML", got)
	}
	if got := strings.Count(few.String(), "\n"); got != 60 {
		t.Errorf("%d lines for 60 runs", got)
	}
}

func ExampleRepeat() {
	nnlib.Seed(1)
	X, y := []float64{0, 0.1, 0.2, 0.3}, []float64{0.1, 0.2, 0.3, 0.4}
	scores := experiment.Repeat(3, func(experiment.Run) float64 {
		model := nnlib.NewSequential()
		model.Add(&nnlib.Dense{Units: 4, InputDim: 1})
		model.Add(&nnlib.Dense{Units: 1})
		model.Compile(nnlib.Compile{Loss: "mean_squared_error", Optimizer: "adam"})
		model.Fit(X, y, nnlib.Fit{Epochs: 300, BatchSize: 4})
		return nnlib.MeanSquaredError(y, model.Predict(X).Column(0))
	})
	fmt.Println(len(scores.Values), scores.Summary().N, scores.Summary().Max < 0.1)
	// Output: 3 3 true
}

func ExampleRepeatWith() {
	nnlib.Seed(1)
	scores := experiment.RepeatWith(experiment.Options{Name: "noise", StopWhenCI: 0.2}, func(run experiment.Run) float64 {
		x := run.Stream("noise").Float64()
		run.Log("square", float64(x*x))
		return x
	})
	fmt.Println(scores.Name, len(scores.Values), scores.Summary().MeanCI)
	fmt.Println(scores.Metric("square").Summary().N)
	// Output:
	// noise 40 [0.5138, 0.6919]
	// 40
}

func ExampleCompare() {
	nnlib.Seed(1)
	noise := func(run experiment.Run) float64 { return run.Stream("noise").Float64() }
	a := experiment.RepeatWith(experiment.Options{Runs: 10, Name: "plain"}, noise)
	b := experiment.RepeatWith(experiment.Options{Runs: 10, Name: "shifted"}, func(run experiment.Run) float64 {
		return noise(run) + 0.1 + 0.05*run.Stream("more").Float64()
	})
	fmt.Println(experiment.Compare(a, b).Sentence())
	// Output: plain scores 0.1236 lower than shifted on average, and 10 paired runs are enough to tell (p = 7.3e-10 and 0.0020).
}

func ExampleSummarize() {
	s := experiment.Summarize([]float64{0.02, 0.05, 0.03, 0.04, 0.03})
	fmt.Printf("%d repeats, mean %.3f ± %.3f, median %.3f\n", s.N, s.Mean, s.SEM, s.Median)
	// Output: 5 repeats, mean 0.034 ± 0.005, median 0.030
}

func ExampleScores_BestOf() {
	scores := experiment.Named("errors", []float64{0.02, 0.05, 0.03, 0.04})
	best := scores.BestOf(4, false)
	fmt.Printf("a run: %.4f, the best of %d: %.4f\n", best.Mean, best.Of, best.Expected)
	// Output: a run: 0.0350, the best of 4: 0.0238
}

func ExampleQuantile() {
	x := []float64{1, 2, 3, 10}
	fmt.Println(experiment.Quantile(x, 0.5, "linear"), experiment.Quantile(x, 0.5, "inverted_cdf"))
	// Output: 2.5 2
}
