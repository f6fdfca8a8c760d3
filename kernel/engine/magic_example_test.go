package engine_test

import (
	"context"
	"fmt"
	"os"

	"reprise/kernel/display"
	"reprise/kernel/engine"
	"reprise/kernel/modules/proxytest"
	"reprise/kernel/symbols"
	"reprise/nnlib/rng"
)

// A session prints what its cells print, and their values.
type exampleSession struct {
	recorder
	e *engine.Engine
}

func newExample() *exampleSession {
	e, err := engine.New(engine.Config{Root: rng.Root(1), Exports: symbols.Exports(), Packages: symbols.NewImporter()})
	if err != nil {
		panic(err)
	}
	return &exampleSession{e: e}
}

func (s *exampleSession) run(cells ...string) {
	for _, src := range cells {
		o, err := s.e.Run(context.Background(), engine.Cell{Name: "cell", Source: src}, s)
		if err != nil {
			fmt.Println(err)
		}
		if o.Value != nil {
			fmt.Println(o.Value.Data[display.Text])
		}
	}
}

func (s *exampleSession) Stream(_, text string) { fmt.Print(text) }
func (s *exampleSession) Display(b display.Bundle, _ string, _ bool) {
	fmt.Println(b.Data[display.Text])
}
func (s *exampleSession) SetNextInput(text string, _ bool) { fmt.Print(text) }
func (s *exampleSession) Page(b display.Bundle)            { fmt.Println(b.Data[display.Text]) }

func Example_question() {
	newExample().run("// Twice doubles x.\nfunc Twice(x int) int { return 2 * x }", "Twice?", "Nobody?")
	// Output:
	// func Twice(x int) int
	//
	// Twice doubles x.
	//
	// declared in cell
	//
	// cell, line 1, column 1: NotFound: nothing is known about Nobody
}

func Example_get() {
	proxy, err := os.MkdirTemp("", "proxy")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(proxy)
	if err := proxytest.Write(proxy, "../modules/testdata"); err != nil {
		panic(err)
	}
	for name, value := range proxytest.Environment(proxy, proxy+"/cache") {
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
		defer os.Unsetenv(name)
	}
	newExample().run("%get example.com/plain@v1.0.0", "plain.Map([]int{1, 2}, func(i int) int { return i * i })", "%get example.com/plain", "%audit")
	// Output:
	// got example.com/plain@v1.0.0
	// packages: example.com/plain example.com/plain/sub
	// [1 4]
	// got example.com/plain@v1.1.0; write %get example.com/plain@v1.1.0 to have it again
	// packages: example.com/plain example.com/plain/sub
	// cell: line 1: %get example.com/plain takes whatever version is the latest
}

func Example_seed() {
	newExample().run("%seed", "%seed 7\na := rand.Intn(100)", "%seed 7\nrand.Intn(100) == a")
	// Output:
	// seed 1
	// true
}

func Example_seedCell() {
	newExample().run("%%seed 3\na := rand.Intn(100)", "rand.Intn(100);", "%%seed 3\nrand.Intn(100) == a", "%seed")
	// Output:
	// true
	// seed 1
}

func Example_who() {
	newExample().run("x := []float64{1, 2}\nfunc half(v float64) float64 { return v / 2 }", "%who")
	// Output:
	// half  func  (v float64) float64  cell
	// x     var   []float64            cell
}

func Example_time() {
	newExample().run("%time x := 6 * 7", "x") // the first cell prints something like: 52.1 µs, 4.2 kB allocated
}

func Example_timeit() {
	newExample().run("%timeit -n 10 -r 2 strings.Repeat(`a`, 10)") // 310 ns ± 12 ns a loop (mean ± std. dev. of 2 runs of 10 loops)
}

func Example_reset() {
	newExample().run("x := 1", "%reset", "%who")
	// Output: nothing is declared
}

func Example_workers() {
	newExample().run("%workers 4") // an engine by itself has no other processes
	// Output: cell, line 1: MagicError: %workers needs a kernel with worker processes; here each run is played in this process
}

func Example_replay() {
	newExample().run("%replay") // there is no worker process here that could be replaced
	// Output: cell, line 1: MagicError: %replay must stand alone in its cell, and needs a kernel with a worker process
}

func Example_shell() {
	newExample().run("!echo hello | tr a-z A-Z")
	// Output: HELLO
}

func Example_bash() {
	newExample().run("%%bash\nfor i in 1 2; do\n  echo line $i\ndone")
	// Output:
	// line 1
	// line 2
}

func Example_env() {
	newExample().run("%env REPRISE_EXAMPLE=yes", "%env REPRISE_EXAMPLE")
	// Output: yes
}

func Example_cd() {
	here, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.Chdir(here) }() // it was there a moment ago
	newExample().run("%cd /")
	// Output: /
}

func Example_writefile() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	data, err := os.ReadFile(writeExample(dir))
	fmt.Print(string(data), err)
	// Output:
	// x := 1
	// <nil>
}

func writeExample(dir string) string {
	e := newExample()
	name := dir + "/a.go"
	if _, err := e.e.Run(context.Background(), engine.Cell{Source: "%%writefile " + name + "\nx := 1\n"}, &recorder{}); err != nil {
		panic(err)
	}
	return name
}

func Example_load() {
	newExample().run("%load testdata/load.txt")
	// Output:
	// // %load testdata/load.txt
	// x := 1
}

func Example_html() {
	newExample().run("%%html\n<b>bold</b>")
	// Output: <b>bold</b>
}

func Example_markdown() {
	newExample().run("%%markdown\n**bold**")
	// Output: **bold**
}

func Example_svg() {
	newExample().run("%%svg\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
	// Output: <svg xmlns="http://www.w3.org/2000/svg"/>
}

func Example_help() {
	newExample().run("%help time")
	// Output:
	// %time statement
	//     Run the rest of the line and tell how long it took and what it allocated.
	//
	// %%time
	//     Run the cell and tell how long it took and what it allocated.
}
