package swarm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"reprise/kernel/display"
	"reprise/kernel/engine"
	"reprise/kernel/symbols"
	"reprise/kernel/worker"
	"reprise/nnlib"
	"reprise/nnlib/experiment"
	"reprise/nnlib/rng"
)

// roleVar says what part of the program the test binary plays.
const roleVar = "REPRISE_TEST_ROLE"

// The test binary is every process of these tests: it plays runs, joins a server, or is a session.
func TestMain(m *testing.M) {
	var err error
	switch os.Getenv(roleVar) {
	case "":
		os.Exit(m.Run())
	case "replica":
		err = worker.Serve(func(f worker.Front) (worker.Engine, error) { return newEngine(rng.Root(1), Replica{f}, Replica{f}) })
	case "worker":
		err = workerMain(os.Args[1:])
	case "session":
		err = sessionMain(os.Args[1:])
	case "server":
		err = serverMain(os.Args[1])
	case "echo":
		err = echoMain(os.Args[1])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// testLock is what all processes of these tests share.
const testLock = "reprise test 1"

// startTest starts the test binary as a replica.
func startTest(ctx context.Context, threads int, answer func(json.RawMessage) (json.RawMessage, error)) (*worker.Worker, error) {
	w, err := worker.Start(ctx, worker.Options{Env: []string{roleVar + "=replica", fmt.Sprintf("GOMAXPROCS=%d", max(threads, 1))}, Answer: answer})
	if err == nil {
		replicas.Lock()
		replicas.started = append(replicas.started, w)
		replicas.Unlock()
	}
	return w, err
}

// replicas are those that this process has started.
var replicas struct {
	sync.Mutex
	started []*worker.Worker
}

// killReplica kills the process that was started last.
func killReplica(t *testing.T) {
	replicas.Lock()
	pid := replicas.started[len(replicas.started)-1].PID()
	replicas.Unlock()
	if pid == 0 {
		return // it has died by itself
	}
	p, err := os.FindProcess(pid)
	if err != nil {
		t.Error(err)
		return
	}
	_ = p.Kill() // it may have ended in between
}

var engines int

// newEngine is the program's, with the tables that cells see.
func newEngine(root *rng.Tree, w engine.Workers, play experiment.Evaluator) (*engine.Engine, error) {
	engines += 1_000_000
	base := engines // the package counts executions over the program's life, which has one engine elsewhere
	e, err := engine.New(engine.Config{Root: root, Exports: symbols.Exports(), Packages: symbols.NewImporter(), Workers: w})
	if err != nil {
		return nil, err
	}
	nnlib.Attach(root, e.Progress, e.Poll)
	_, replica := play.(Replica)
	experiment.Attach(experiment.Host{Evaluator: play, Replica: replica, Context: e.Context, Lock: func() string { return testLock }, Source: func() experiment.Source {
		s, err := e.Source()
		return experiment.Source{Execution: s.Execution + base, Digest: s.Digest, Err: err}
	}})
	display.Attach(e)
	return e, nil
}

// newSession is a session in this process.
func newTestSession() (*Session, error) {
	root := rng.Root(1)
	s := NewSession(Config{Root: root, Start: startTest, Lock: func() string { return testLock }})
	e, err := newEngine(root, s, s)
	if err != nil {
		return nil, err
	}
	return s.Around(e), nil
}

// workerMain is `reprise worker`, which may be made to compute wrongly.
func workerMain(args []string) error {
	var a Access
	f := flag.NewFlagSet("worker", flag.ExitOnError)
	url, name := f.String("join", "", ""), f.String("name", "", "")
	idle := f.Duration("idle", 0, "")
	lock, wrong := f.String("lock", testLock, ""), f.Int("wrong", 0, "one ULP in runs whose number this divides")
	f.StringVar(&a.CA, "ca", "", "")
	f.StringVar(&a.Cert, "cert", "", "")
	f.StringVar(&a.Key, "key", "", "")
	f.StringVar(&a.Creds, "creds", "", "")
	f.StringVar(&a.Token, "token", "", "")
	_ = f.Parse(args) // it exits
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	w := &Worker{Name: *name, Lock: *lock, Idle: *idle, Start: startTest, Log: func(line string) { fmt.Println(line) }}
	if *wrong > 0 {
		w.alter = func(r *experiment.Result) {
			if r.Task.Run%*wrong == 0 {
				r.Score = math.Nextafter(r.Score, math.Inf(1))
			}
		}
	}
	return w.Join(ctx, *url, a)
}

// sessionMain runs the cells of a JSON file and prints what they show.
func sessionMain(args []string) error {
	data, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	var cells []string
	if err := json.Unmarshal(data, &cells); err != nil {
		return err
	}
	s, err := newTestSession()
	if err != nil {
		return err
	}
	defer s.Close()
	for i, source := range cells {
		if _, err := s.Run(context.Background(), engine.Cell{Name: fmt.Sprintf("cell [%d]", i+1), Source: source}, printed{}); err != nil {
			return err
		}
	}
	return nil
}

// serverMain is `nats-server -c FILE`. It says so when it is ready: in a cluster of three, when all are there.
func serverMain(path string) error {
	o, err := server.ProcessConfigFile(path)
	if err != nil {
		return err
	}
	o.NoSigs = true
	s, err := server.NewServer(o)
	if err != nil {
		return err
	}
	s.ConfigureLogger()
	s.Start()
	for range time.Tick(20 * time.Millisecond) { // nobody announces it
		if s.ReadyForConnections(time.Second) && (o.Cluster.Port == 0 || s.JetStreamIsCurrent() && (!s.JetStreamIsLeader() || len(s.JetStreamClusterPeers()) == 3)) {
			break
		}
	}
	fmt.Println("listening at", s.Addr())
	s.WaitForShutdown()
	return nil
}

// echoMain sends every result of a server once more, and then under another worker's name.
func echoMain(url string) error {
	nc, err := nats.Connect(url)
	if err != nil {
		return err
	}
	defer nc.Close()
	results := make(chan *nats.Msg, 1000)
	if _, err := nc.ChanSubscribe(subjectResult+".>", results); err != nil {
		return err
	}
	if err := nc.Flush(); err != nil {
		return err
	}
	fmt.Println("listening")
	for m := range results {
		if m.Header.Get("Echo") != "" {
			continue
		}
		fmt.Println("again")
		for _, data := range [][]byte{m.Data, bytes.Replace(m.Data, []byte(`"by":"w1"`), []byte(`"by":"w9"`), 1)} {
			if err := nc.PublishMsg(&nats.Msg{Subject: m.Subject, Header: nats.Header{"Echo": {"yes"}}, Data: data}); err != nil {
				return err
			}
		}
	}
	return nil
}

// printed is an output that prints.
type printed struct{ silent }

func (printed) Stream(_, text string) { fmt.Print(text) }

// silent is an output that shows nothing.
type silent struct{}

func (silent) Stream(string, string)                {}
func (silent) Display(display.Bundle, string, bool) {}
func (silent) Clear(bool)                           {}
func (silent) Progress(string)                      {}
func (silent) Page(display.Bundle)                  {}
func (silent) SetNextInput(string, bool)            {}
func (silent) Input(context.Context, string, bool) (string, error) {
	return "an answer", nil
}

// A tape is an output that remembers the text.
type tape struct {
	silent
	mu   sync.Mutex
	out  strings.Builder
	err  strings.Builder
	wait func(text string) // told every piece
}

func (t *tape) Stream(name, text string) {
	t.mu.Lock()
	if name == engine.Stdout {
		t.out.WriteString(text)
	} else {
		t.err.WriteString(text)
	}
	t.mu.Unlock()
	if t.wait != nil {
		t.wait(text)
	}
}

// A notebook is a session with its cells so far.
type notebook struct {
	t *testing.T
	*Session
	cells int
}

// open starts a session. One at a time: nnlib and experiment belong to the program.
func open(t *testing.T) *notebook {
	t.Helper()
	s, err := newTestSession()
	if err != nil {
		t.Fatal(err)
	}
	n := &notebook{t: t, Session: s}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return n
}

// run runs cells that must succeed and returns what they print, on stdout and stderr.
func (n *notebook) run(sources ...string) (stdout, stderr string) {
	n.t.Helper()
	for _, source := range sources {
		out, errs, err := n.try(n.t.Context(), source)
		if err != nil {
			var f *engine.Fault
			if errors.As(err, &f) {
				n.t.Fatalf("%s\n%s", source, strings.Join(f.Traceback(), "\n"))
			}
			n.t.Fatalf("%s\n%v", source, err)
		}
		stdout, stderr = stdout+out, stderr+errs
	}
	return stdout, stderr
}

func (n *notebook) try(ctx context.Context, source string) (stdout, stderr string, err error) {
	n.cells++
	out := &tape{}
	_, err = n.Run(ctx, engine.Cell{Name: fmt.Sprintf("cell [%d]", n.cells), Source: source}, out)
	return out.out.String(), out.err.String(), err
}
