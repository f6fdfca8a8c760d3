//go:build faults

package swarm

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Faults of a session with workers in network namespaces of one machine. Each ends with the
// scores that the session alone gives, or with a clear message. Where namespaces cannot be
// made, the same with processes alone; then a proxy stands for the link.

// deadline is how long anything may take here.
const deadline = 90 * time.Second

// A machine is where a process runs: a network namespace, or just this one.
type machine struct {
	space string // name of the namespace; empty: none
	addr  string
	veth  string
}

// A net is a session's machine and some for workers, which can reach each other.
type machines struct {
	t       *testing.T
	session machine
	workers []machine
	proxies []*proxy // instead of links
}

// newMachines makes namespaces that a bridge joins.
func newMachines(t *testing.T, workers int) *machines {
	m := &machines{t: t}
	if !spaces() {
		m.session.addr = "127.0.0.1"
		for range workers {
			m.workers = append(m.workers, machine{addr: "127.0.0.1"})
		}
		return m
	}
	// Names are never used twice: a namespace's links end some time after it.
	id := fmt.Sprintf("%d-%d", os.Getpid()%100000, made.Add(1))
	bridge := "rb" + id
	m.ip("link", "add", bridge, "type", "bridge")
	t.Cleanup(func() { m.ip("link", "del", bridge) })
	m.ip("link", "set", bridge, "up")
	for i := range workers + 1 {
		x := machine{space: fmt.Sprintf("reprise-%s-%d", id, i), addr: fmt.Sprintf("10.77.0.%d", i+1), veth: fmt.Sprintf("rv%s-%d", id, i)}
		m.ip("netns", "add", x.space)
		t.Cleanup(func() { m.ip("netns", "del", x.space) })
		m.ip("link", "add", x.veth, "type", "veth", "peer", "name", "eth0", "netns", x.space)
		m.ip("link", "set", x.veth, "master", bridge, "up")
		m.ip("-n", x.space, "addr", "add", x.addr+"/24", "dev", "eth0")
		m.ip("-n", x.space, "link", "set", "eth0", "up")
		m.ip("-n", x.space, "link", "set", "lo", "up")
		if i == 0 {
			m.session = x
		} else {
			m.workers = append(m.workers, x)
		}
	}
	return m
}

var made atomic.Int64

// spaces reports whether this machine lets us make network namespaces, and prints which.
// With REPRISE_PLAIN=1 it does without.
var spaces = sync.OnceValue(func() bool {
	if os.Getenv("REPRISE_PLAIN") != "" {
		fmt.Println("workers are plain processes, as REPRISE_PLAIN says")
		return false
	}
	probe := fmt.Sprintf("rpprobe%d", os.Getpid())
	if out, err := exec.Command("ip", "netns", "add", probe).CombinedOutput(); err != nil {
		fmt.Printf("workers are plain processes: no network namespaces here (%v %s)\n", err, strings.TrimSpace(string(out)))
		return false
	}
	out, err := exec.Command("ip", "netns", "exec", probe, "ip", "link", "add", "x", "type", "veth", "peer", "name", "y").CombinedOutput()
	_ = exec.Command("ip", "netns", "del", probe).Run()
	if err != nil {
		fmt.Printf("workers are plain processes: no links between namespaces here (%v %s)\n", err, strings.TrimSpace(string(out)))
		return false
	}
	fmt.Println("workers are in network namespaces")
	return true
})

func (m *machines) ip(args ...string) {
	m.t.Helper()
	if out, err := exec.Command("ip", args...).CombinedOutput(); err != nil {
		m.t.Fatalf("ip %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// cut takes a worker's link down, and up again after a while.
func (m *machines) cut(i int, d time.Duration) {
	if v := m.workers[i].veth; v != "" {
		m.ip("link", "set", v, "down")
		time.AfterFunc(d, func() { m.ip("link", "set", v, "up") })
		return
	}
	m.proxies[i].hold(d)
}

// A proc is a process of a test, and what it prints.
type proc struct {
	t     *testing.T
	name  string
	cmd   *exec.Cmd
	mu    sync.Mutex
	text  strings.Builder
	lines chan string
	ended chan struct{}
	err   error
}

// start runs the test binary in a role on a machine.
func (m *machines) start(x machine, name, role string, args ...string) *proc {
	m.t.Helper()
	self, err := os.Executable()
	if err != nil {
		m.t.Fatal(err)
	}
	line := append([]string{self}, args...)
	if x.space != "" {
		line = append([]string{"ip", "netns", "exec", x.space}, line...)
	}
	p := &proc{t: m.t, name: name, cmd: exec.Command(line[0], line[1:]...), lines: make(chan string, 10_000), ended: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), roleVar+"="+role)
	r, w, err := os.Pipe()
	if err != nil {
		m.t.Fatal(err)
	}
	p.cmd.Stdout, p.cmd.Stderr = w, w
	if err := p.cmd.Start(); err != nil {
		m.t.Fatal(err)
	}
	w.Close()
	go p.read(r)
	m.t.Cleanup(func() { p.kill(); <-p.ended })
	return p
}

func (p *proc) read(r io.Reader) {
	for s := bufio.NewScanner(r); s.Scan(); {
		p.mu.Lock()
		p.text.WriteString(s.Text() + "\n")
		p.mu.Unlock()
		select {
		case p.lines <- s.Text():
		default: // nobody waits for this many
		}
	}
	p.err = p.cmd.Wait()
	close(p.ended)
}

// kill is kill -9. It follows the command in the namespace, which `ip` has become.
func (p *proc) kill() { _ = p.cmd.Process.Kill() }

func (p *proc) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

// await waits for a line with that in it.
func (p *proc) await(want string) {
	p.t.Helper()
	limit := time.After(deadline)
	for {
		select {
		case line := <-p.lines:
			if strings.Contains(line, want) {
				return
			}
		case <-p.ended:
			if !strings.Contains(p.String(), want) {
				p.t.Fatalf("%s ended (%v) and did not say %q:\n%s", p.name, p.err, want, p)
			}
			return
		case <-limit:
			p.t.Fatalf("%s did not say %q in %v:\n%s", p.name, want, deadline, p)
		}
	}
}

// wait waits for the end.
func (p *proc) wait() error {
	p.t.Helper()
	select {
	case <-p.ended:
		return p.err
	case <-time.After(deadline):
		p.t.Fatalf("%s did not end in %v:\n%s", p.name, deadline, p)
		return nil
	}
}

// digest is the line in which the session says what the scores are.
func (p *proc) digest() string {
	for line := range strings.Lines(p.String()) {
		if rest, ok := strings.CutPrefix(line, "digest "); ok {
			return strings.TrimSpace(rest)
		}
	}
	return ""
}

// port is where sessions of these tests listen.
const port = "4555"

// The experiment of these tests: runs of 20 ms or more, on a machine as busy as it may be.
func faultCells(listen string, runs int, more ...string) []string {
	return append(append([]string{"import (\n\"crypto/sha256\"\n\"time\"\n)"}, more...), listen, `X, y := []float64{0, 0.1, 0.2, 0.3, 0.4}, []float64{0.1, 0.2, 0.3, 0.4, 0.5}`,
		`func fit(run experiment.Run) float64 {
	model := nnlib.NewSequential()
	model.Add(&nnlib.Dense{Units: 16, InputDim: 1})
	model.Add(&nnlib.Dense{Units: 1})
	model.Compile(nnlib.Compile{Loss: "mean_squared_error", Optimizer: "adam"})
	model.Fit(X, y, nnlib.Fit{Epochs: 2000, BatchSize: 5})
	fmt.Println("run", run.Number)
	for start := time.Now(); time.Since(start) < 20*time.Millisecond; { }
	return nnlib.MeanSquaredError(y, model.Predict(X).Column(0))
}`, fmt.Sprintf(`s := experiment.Repeat(%d, fit)
fmt.Printf("digest %%x\n", sha256.Sum256([]byte(fmt.Sprint(s.Values))))`, runs))
}

const faultRuns = 60

// storedCells are the cells with a store.
func storedCells(cells []string, store string) []string {
	last := len(cells) - 1
	cells[last] = strings.Replace(cells[last], fmt.Sprintf("Repeat(%d,", faultRuns), fmt.Sprintf("RepeatWith(experiment.Options{Runs: %d, Store: %q},", faultRuns, store), 1)
	return cells
}

// alone is the digest of the session by itself.
var alone = sync.OnceValue(func() string {
	dir, err := os.MkdirTemp("", "swarm")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	self, _ := os.Executable()
	c := exec.Command(self, writeCells(dir, faultCells("1 + 1", faultRuns)))
	c.Env = append(os.Environ(), roleVar+"=session")
	out, err := c.Output()
	_, after, ok := strings.Cut(string(out), "digest ")
	if err != nil || !ok {
		panic(fmt.Sprint(err, string(out)))
	}
	return strings.TrimSpace(after)
})

func writeCells(dir string, cells []string) string {
	data, err := json.Marshal(cells)
	if err != nil {
		panic(err)
	}
	path := filepath.Join(dir, "cells.json")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		panic(err)
	}
	return path
}

// session starts the session's process.
func (m *machines) startSession(options string, more ...string) *proc {
	return m.start(m.session, "session", "session", writeCells(m.t.TempDir(), faultCells(m.listen(options), faultRuns, more...)))
}

func (m *machines) listen(options string) string {
	return fmt.Sprintf("%%workers listen %s:%s --token tok --local 0 %s", m.session.addr, port, options)
}

// worker starts a worker on machine i.
func (m *machines) worker(i int, args ...string) *proc {
	url := fmt.Sprintf("nats://tok@%s:%s", m.session.addr, port)
	if m.workers[i].space == "" { // a link that can be cut
		p := newProxy(m.t, m.session.addr+":"+port)
		for len(m.proxies) <= i {
			m.proxies = append(m.proxies, nil)
		}
		m.proxies[i], url = p, "nats://tok@"+p.addr()
	}
	name := fmt.Sprintf("w%d", i+1)
	return m.start(m.workers[i], name, "worker", append([]string{"-join", url, "-name", name}, args...)...)
}

// same wants the session to end well with the scores that it has alone.
func (m *machines) same(s *proc) {
	m.t.Helper()
	if err := s.wait(); err != nil || s.digest() != alone() {
		m.t.Errorf("the session ended with %v and digest %q, alone it has %q:\n%s", err, s.digest(), alone(), s)
	}
}

func TestFaultNone(t *testing.T) {
	m := newMachines(t, 2)
	s := m.startSession("")
	a, b := m.worker(0), m.worker(1)
	m.same(s)
	for _, w := range []*proc{a, b} {
		if !strings.Contains(w.String(), "played") {
			t.Errorf("%s has played nothing:\n%s", w.name, w)
		}
	}
}

func TestFaultWorkerKilled(t *testing.T) {
	m := newMachines(t, 2)
	s := m.startSession("")
	a := m.worker(0)
	m.worker(1)
	a.await("played")
	a.kill()
	m.same(s)
}

func TestFaultSessionKilled(t *testing.T) {
	store := filepath.Join(t.TempDir(), "store")
	m := newMachines(t, 2)
	// Without audits, as these come last: the first runs are then shown when most are played.
	stored := func() *proc {
		return m.start(m.session, "session", "session", writeCells(t.TempDir(), storedCells(faultCells(m.listen("--audit 0"), faultRuns), store)))
	}
	s := stored()
	a := m.worker(0)
	b := m.worker(1)
	s.await("run 3")
	s.kill()
	<-s.ended
	if s.digest() != "" {
		t.Fatal("the session had come to its end before it was killed")
	}
	again := stored()
	m.same(again)
	if text := again.String(); strings.Contains(text, "run 2\n") || !strings.Contains(text, "\nrun ") {
		t.Errorf("what the store holds was played again:\n%s", text)
	}
	if !strings.Contains(a.String()+b.String(), "connected again") {
		t.Errorf("no worker came back:\n%s%s", a, b)
	}
}

// Without a store the experiment begins anew, and workers that stand in it already go on.
func TestFaultSessionKilledWithoutStore(t *testing.T) {
	m := newMachines(t, 1)
	s := m.startSession("")
	w := m.worker(0)
	s.await("run 3")
	s.kill()
	<-s.ended
	m.same(m.startSession(""))
	if n := strings.Count(w.String(), "evaluating"); n != 1 {
		t.Errorf("the worker has evaluated the cells %d times:\n%s", n, w)
	}
}

func TestFaultLinkCut(t *testing.T) {
	m := newMachines(t, 2)
	s := m.startSession("")
	a := m.worker(0)
	m.worker(1)
	a.await("played")
	m.cut(0, 4*time.Second)
	m.same(s)
}

// A worker alone survives the cut as well: nobody else could do its work.
func TestFaultLinkCutOfTheOnlyWorker(t *testing.T) {
	m := newMachines(t, 1)
	s := m.startSession("")
	a := m.worker(0)
	a.await("played")
	m.cut(0, 4*time.Second)
	m.same(s)
}

func TestFaultLateJoin(t *testing.T) {
	m := newMachines(t, 2)
	s := m.startSession("--audit 0")
	m.worker(0)
	s.await("run 10")
	late := m.worker(1)
	m.same(s)
	if !strings.Contains(late.String(), "played") {
		t.Errorf("the late worker has played nothing:\n%s", late)
	}
}

// Workers that are there before the session wait for it.
func TestFaultEarlyJoin(t *testing.T) {
	m := newMachines(t, 1)
	early := m.worker(0)
	early.await("waiting for")
	s := m.startSession("")
	m.same(s)
}

// One worker is wrong by one unit in the last place in every run, or in some.
func TestFaultWrongByOneULP(t *testing.T) {
	for _, wrong := range []string{"1", "7"} {
		t.Run("one run in "+wrong, func(t *testing.T) {
			m := newMachines(t, 2)
			s := m.startSession("--audit 1")
			m.worker(0)
			bad := m.worker(1, "-wrong", wrong)
			m.same(s)
			if text := s.String(); !strings.Contains(text, "w2 was dismissed: it computes wrongly: run") || strings.Contains(text, "w1 was dismissed") {
				t.Errorf("the session does not name the wrong one:\n%s", text)
			}
			if bad.wait(); !strings.Contains(bad.String(), "dismissed w2") {
				t.Errorf("the worker does not say why it ends:\n%s", bad)
			}
		})
	}
}

func TestFaultWrongToken(t *testing.T) {
	m := newMachines(t, 2)
	s := m.startSession("")
	a := m.start(m.workers[0], "w1", "worker", "-join", fmt.Sprintf("nats://other@%s:%s", m.session.addr, port), "-name", "w1")
	s.await("others join with")
	if a.wait() == nil || !strings.Contains(a.String(), "does not accept the token") {
		t.Errorf("it ended with %v:\n%s", a.err, a)
	}
	m.worker(1)
	m.same(s)
}

func TestFaultWrongLock(t *testing.T) {
	m := newMachines(t, 2)
	s := m.startSession("")
	a := m.worker(0, "-lock", "reprise test 0")
	if a.wait() == nil || !strings.Contains(a.String(), "refused: it is another program: reprise test 0; the session's is reprise test 1") {
		t.Errorf("it ended with %v:\n%s", a.err, a)
	}
	m.worker(1)
	m.same(s)
	if !strings.Contains(s.String(), "w1 cannot play the runs: it is another program") {
		t.Errorf("the session does not say so:\n%s", s)
	}
}

func TestFaultTLS(t *testing.T) {
	m := newMachines(t, 2)
	dir := t.TempDir()
	cert, key := certificate(t, dir, m.session.addr)
	s := m.startSession("--cert " + cert + " --key " + key)
	s.await("--join tls://")
	url := fmt.Sprintf("tls://tok@%s:%s", m.session.addr, port)
	for name, c := range map[string]struct{ url, want string }{
		"unknown": {url, "--ca names the certificate"},
		"no TLS":  {strings.Replace(url, "tls:", "nats:", 1), "--ca"},
	} {
		bad := m.start(m.workers[0], name, "worker", "-join", c.url, "-name", "w0")
		if bad.wait() == nil || !strings.Contains(bad.String(), c.want) {
			t.Errorf("%s: it ended with %v:\n%s", name, bad.err, bad)
		}
	}
	m.start(m.workers[1], "w1", "worker", "-join", url, "-name", "w1", "-ca", cert)
	m.same(s)
}

// Cells of more than a message's size travel all the same.
func TestFaultBigSource(t *testing.T) {
	m := newMachines(t, 1)
	// A cell with a setting is one that every experiment needs.
	s := m.startSession("", "%env BIG=1\nconst text = `"+strings.Repeat("0123456789abcdef\n", 1<<17)+"`", `fmt.Println("the text has", len(text), "bytes")`)
	m.worker(0)
	s.await("the text has 2228224 bytes")
	m.same(s)
}

// Every result comes twice, and once under another name.
func TestFaultDuplicateDelivery(t *testing.T) {
	m := newMachines(t, 1)
	s := m.startSession("")
	s.await("others join with")
	echo := m.start(m.workers[0], "echo", "echo", fmt.Sprintf("nats://tok@%s:%s", m.session.addr, port))
	echo.await("listening")
	m.worker(0)
	m.same(s)
	if n := strings.Count(echo.String(), "again"); n < 10 {
		t.Errorf("%d results were sent again", n)
	}
}

// The disk of the store is full: the session says so, and goes on where it was when there is room.
func TestFaultFullDisk(t *testing.T) {
	disk := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", disk).CombinedOutput(); err != nil {
		t.Skipf("no disk of our own can be mounted here: %v %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", disk).CombinedOutput(); err != nil {
			t.Errorf("umount: %v %s", err, out)
		}
	})
	m := newMachines(t, 1)
	stored := func() *proc {
		return m.start(m.session, "session", "session", writeCells(t.TempDir(), storedCells(faultCells(m.listen(""), faultRuns), disk+"/store")))
	}
	s := stored()
	m.worker(0)
	if s.wait() == nil || !strings.Contains(s.String(), "no space left on device") || !strings.Contains(s.String(), disk+"/store") {
		t.Fatalf("it ended with %v:\n%s", s.err, s)
	}
	if out, err := exec.Command("mount", "-o", "remount,size=1m", disk).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	again := stored()
	m.same(again)
	if strings.Contains(again.String(), "run 1\n") {
		t.Errorf("what the store holds was played again:\n%s", again)
	}
}

// A proxy is a link that can be held.
type proxy struct {
	l    net.Listener
	to   string
	mu   sync.Mutex
	open chan struct{} // closed while the link is up
}

func newProxy(t *testing.T, to string) *proxy {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{l: l, to: to, open: make(chan struct{})}
	close(p.open)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go p.join(c)
		}
	}()
	return p
}

func (p *proxy) addr() string { return p.l.Addr().String() }

func (p *proxy) hold(d time.Duration) {
	closed := make(chan struct{})
	p.mu.Lock()
	p.open = closed
	p.mu.Unlock()
	time.AfterFunc(d, func() { close(closed) })
}

func (p *proxy) join(c net.Conn) {
	defer c.Close()
	d, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", p.to)
	if err != nil {
		return
	}
	defer d.Close()
	ended := make(chan struct{}, 2)
	for _, x := range []struct{ from, to net.Conn }{{c, d}, {d, c}} {
		go func() {
			defer func() { ended <- struct{}{} }()
			buf := make([]byte, 32<<10)
			for {
				n, err := x.from.Read(buf)
				p.mu.Lock()
				open := p.open
				p.mu.Unlock()
				<-open
				if _, werr := x.to.Write(buf[:n]); err != nil || werr != nil {
					return
				}
			}
		}()
	}
	<-ended
}

// certificate makes one that vouches for itself.
func certificate(t *testing.T, dir, addr string) (cert, key string) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, IPAddresses: []net.IP{net.ParseIP(addr), net.ParseIP("127.0.0.1")},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &k.PublicKey, k)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalECPrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for path, b := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "EC PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(b), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}
