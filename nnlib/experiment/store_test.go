package experiment_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/experiment"
)

// counting counts the runs that are played; each prints its number when say is given.
type counting struct {
	played int
	say    io.Writer
}

func (c *counting) run(run experiment.Run) float64 {
	c.played++
	if c.say != nil {
		fmt.Fprintln(c.say, run.Number)
	}
	return draws(run)
}

func stored(path string, n int) experiment.Options {
	return experiment.Options{Runs: n, Store: path, Key: "draws"}
}

// TestMain plays the part of another process when it is asked to.
func TestMain(m *testing.M) {
	if path := os.Getenv("EXPERIMENT_STORE"); path != "" {
		n, _ := strconv.Atoi(os.Getenv("EXPERIMENT_RUNS"))
		nnlib.Seed(1)
		c := &counting{say: os.Stdout}
		experiment.RepeatWith(stored(path, n), c.run)
		return
	}
	os.Exit(m.Run())
}

func process(t *testing.T, path string, n int) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self)
	c.Env = append(os.Environ(), "EXPERIMENT_STORE="+path, fmt.Sprintf("EXPERIMENT_RUNS=%d", n))
	c.Stderr = os.Stderr
	return c
}

func want(t *testing.T, n int) []float64 {
	t.Helper()
	nnlib.Seed(1)
	return experiment.Repeat(n, draws).Values
}

// The program is told of the store, so that what a cell reads in it is its own doing.
func TestStoreIsSaidToBeWritten(t *testing.T) {
	var told []string
	experiment.Attach(experiment.Host{Writes: func(path string) { told = append(told, path) }})
	t.Cleanup(func() { experiment.Attach(experiment.Host{}) })
	path := filepath.Join(t.TempDir(), "results.store")
	for range 2 {
		experiment.RepeatWith(stored(path, 3), draws)
	}
	if !slices.Equal(told, []string{path, path}) {
		t.Errorf("told of %v", told)
	}
}

func TestStoredRunsAreNotPlayedAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "results.store")
	all := want(t, 20)
	ledger := func(n, played int) any {
		t.Helper()
		nnlib.Seed(1)
		c := &counting{}
		nnlib.Root().Stream("score").Uint32() // the session's own stream of that name
		w := nnlib.Root().Watch()
		got := experiment.RepeatWith(stored(path, n), c.run)
		if c.played != played || !slices.Equal(got.Values, all[:n]) || len(got.Seeds) != n {
			t.Errorf("%d runs: %d played, want %d; %v", n, c.played, played, got.Values)
		}
		return fmt.Sprint(w.Drawn(), w.Continued())
	}
	first := ledger(12, 12)
	if again := ledger(12, 0); again != first {
		t.Errorf("the ledger of runs that were played: %v; of stored ones: %v", first, again)
	}
	ledger(20, 8)
	ledger(5, 0)
	nnlib.Seed(2)
	other := &counting{}
	experiment.RepeatWith(stored(path, 3), other.run)
	if other.played != 3 {
		t.Errorf("under another seed %d of 3 runs were played", other.played)
	}
}

func TestStoreSurvivesACutAtEveryByteOfItsLastLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "results.store")
	all := want(t, 4)
	nnlib.Seed(1)
	experiment.RepeatWith(stored(path, 4), draws)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	last := bytes.LastIndexByte(data, '\n')
	for cut := last; cut < len(data); cut++ {
		if err := os.WriteFile(path, data[:cut], 0o666); err != nil {
			t.Fatal(err)
		}
		for _, played := range []int{1, 0} {
			nnlib.Seed(1)
			c := &counting{}
			said := stderr(t, func() {
				if got := experiment.RepeatWith(stored(path, 4), c.run); c.played != played || !slices.Equal(got.Values, all) {
					t.Fatalf("cut at %d of %d: %d played, want %d", cut, len(data), c.played, played)
				}
			})
			if tell := played == 1 && cut > last+1; tell != (said != "") {
				t.Errorf("cut at %d of %d, %d played: said %q", cut, len(data), played, said)
			}
		}
	}
}

func TestADamagedLineIsNotBelieved(t *testing.T) {
	path := filepath.Join(t.TempDir(), "results.store")
	all := want(t, 6)
	nnlib.Seed(1)
	experiment.RepeatWith(stored(path, 6), draws)
	data, _ := os.ReadFile(path)
	at := bytes.Index(data, []byte(`"run":2,"score":"0.`)) + len(`"run":2,"score":"0.`)
	data[at] ^= 1
	data = bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")) // as a careless editor saves it
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	c := &counting{}
	said := stderr(t, func() {
		nnlib.Seed(1)
		if got := experiment.RepeatWith(stored(path, 6), c.run); c.played != 1 || !slices.Equal(got.Values, all) {
			t.Errorf("%d played, %v", c.played, got.Values)
		}
	})
	if !strings.Contains(said, "1 of the lines in "+path+" are incomplete or damaged") {
		t.Errorf("said %q", said)
	}
}

// stderr is what f writes there.
func stderr(t *testing.T, f func()) string {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	old := os.Stderr
	os.Stderr = file
	defer func() { os.Stderr = old }()
	f()
	said, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(said)
}

func TestAFileOfSomethingElseIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data.csv")
	if err := os.WriteFile(path, []byte("a,b\n1,2\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	err := panics(func() { experiment.RepeatWith(stored(path, 2), draws) })
	if err == nil || !strings.Contains(err.Error(), "is not a store of results") {
		t.Errorf("got %v", err)
	}
	if data, _ := os.ReadFile(path); string(data) != "a,b\n1,2\n" {
		t.Errorf("the file is now %q", data)
	}
}

// panics returns the error that f panics with.
func panics(f func()) (err error) {
	defer func() { err, _ = recover().(error) }()
	f()
	return nil
}

func TestAStoreNeedsToKnowTheExperiment(t *testing.T) {
	path := filepath.Join(t.TempDir(), "results.store")
	err := panics(func() { experiment.RepeatWith(experiment.Options{Store: path}, draws) })
	if err == nil || !strings.Contains(err.Error(), "set Options.Key") {
		t.Errorf("got %v", err)
	}
	with(t, experiment.Host{Source: func() experiment.Source { return experiment.Source{Err: errors.New("c is a closure")} }})
	err = panics(func() { experiment.RepeatWith(experiment.Options{Store: path}, draws) })
	if err == nil || !strings.Contains(err.Error(), "c is a closure") {
		t.Errorf("got %v", err)
	}
}

func TestTwoProcessesWriteOneStore(t *testing.T) {
	const n = 300
	path := filepath.Join(t.TempDir(), "results.store")
	all := want(t, n)
	a, b := process(t, path, n), process(t, path, n)
	if err := a.Start(); err != nil {
		t.Fatal(err)
	}
	if err := b.Start(); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(a.Wait(), b.Wait()); err != nil {
		t.Fatal(err)
	}
	c := &counting{}
	nnlib.Seed(1)
	if said := stderr(t, func() {
		if got := experiment.RepeatWith(stored(path, n+1), c.run); c.played != 1 || !slices.Equal(got.Values[:n], all) {
			t.Errorf("%d runs were not in the store", c.played-1)
		}
	}); said != "" {
		t.Error(said)
	}
}

func TestKillLosesNoRunThatWasDone(t *testing.T) {
	const n = 100000
	path := filepath.Join(t.TempDir(), "results.store")
	p := process(t, path, n)
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	var seen bytes.Buffer
	for buf := make([]byte, 4096); bytes.Count(seen.Bytes(), []byte("\n")) < 500; {
		k, err := out.Read(buf)
		if err != nil {
			t.Fatalf("the process ended by itself: %v", err)
		}
		seen.Write(buf[:k])
	}
	if err := p.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	rest, _ := io.ReadAll(out)
	p.Wait() // killed
	begun := bytes.Count(append(seen.Bytes(), rest...), []byte("\n"))
	nnlib.Seed(1)
	c := &counting{}
	experiment.RepeatWith(stored(path, begun), c.run)
	if c.played > 1 || begun < 500 { // the last one that was begun
		t.Errorf("%d of %d runs had to be played again", c.played, begun)
	}
}

// The disk that is full is a file system of 64 KiB of its own.
func TestAFullDiskLosesNothing(t *testing.T) {
	dir := t.TempDir()
	unmount, err := mountSmall(dir)
	if err != nil {
		t.Skipf("no small file system to fill up on %s: %v", runtime.GOOS, err)
	}
	defer unmount()
	path := filepath.Join(dir, "results.store")
	const n = 5000
	all := want(t, n)
	with(t, experiment.Host{})
	nnlib.Seed(1)
	c := &counting{}
	err = panics(func() { experiment.RepeatWith(stored(path, n), c.run) })
	if err == nil || !strings.Contains(err.Error(), "no space left on device") || !strings.Contains(err.Error(), path) {
		t.Fatalf("got %v after %d runs", err, c.played)
	}
	first := c.played
	enlarge(t, dir)
	stderr(t, func() {
		if got := experiment.RepeatWith(stored(path, n), c.run); c.played != n || !slices.Equal(got.Values, all) {
			t.Errorf("%d runs were played for %d, %d of them before the disk was full", c.played, n, first)
		}
	})
	if first < 10 || first >= n {
		t.Errorf("the disk was full after %d runs", first)
	}
	experiment.RepeatWith(stored(path, n), c.run)
	if c.played != n {
		t.Errorf("%d results are not in the store", c.played-n)
	}
}

func TestStoredBitsThatDifferNameBothSources(t *testing.T) {
	path := filepath.Join(t.TempDir(), "results.store")
	nnlib.Seed(1)
	experiment.RepeatWith(stored(path, 5), draws)
	off := func(run experiment.Run) float64 {
		if run.Number == 3 {
			return math.Nextafter(draws(run), 2)
		}
		return draws(run)
	}
	with(t, experiment.Host{Fresh: true})
	c := &counting{}
	nnlib.Seed(1)
	if got := experiment.RepeatWith(stored(path, 5), c.run); c.played != 5 || len(got.Values) != 5 {
		t.Errorf("verifying played %d runs", c.played)
	}
	nnlib.Seed(1)
	var differ *experiment.DifferError
	err := panics(func() { experiment.RepeatWith(stored(path, 5), off) })
	if !errors.As(err, &differ) || differ.Task.Run != 3 || !strings.Contains(err.Error(), fmt.Sprintf("process %d on ", os.Getpid())) || !strings.Contains(err.Error(), "this process") {
		t.Errorf("got %v", err)
	}
}

func TestTheNextCallGoesOnWhereOneWasInterrupted(t *testing.T) {
	all := want(t, 10)
	for _, store := range []string{"", filepath.Join(t.TempDir(), "results.store")} {
		execution := 1
		with(t, experiment.Host{Source: func() experiment.Source {
			return experiment.Source{Execution: execution, Digest: "cell"}
		}})
		o := experiment.Options{Runs: 10, Store: store}
		c := &counting{}
		nnlib.Seed(1)
		ended := make(chan bool)
		said := stderr(t, func() {
			go func() {
				defer close(ended)
				experiment.RepeatWith(o, func(run experiment.Run) float64 {
					if c.played == 6 {
						runtime.Goexit() // as an interrupt does
					}
					return c.run(run)
				})
			}()
			<-ended
		})
		if !strings.Contains(said, "is kept, 6 runs") {
			t.Errorf("store %q: said %q", store, said)
		}
		execution++
		nnlib.Seed(1)
		if got := experiment.RepeatWith(o, c.run); c.played != 10 || !slices.Equal(got.Values, all) {
			t.Errorf("store %q: %d played for 10", store, c.played)
		}
		execution++
		nnlib.Seed(1)
		wantPlayed := 20 // without a store a whole experiment is played anew
		if store != "" {
			wantPlayed = 10
		}
		experiment.RepeatWith(o, c.run)
		if c.played != wantPlayed {
			t.Errorf("store %q: %d played after another call, want %d", store, c.played, wantPlayed)
		}
	}
}
