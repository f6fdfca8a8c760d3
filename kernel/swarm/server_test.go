//go:build faults

package swarm

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"
)

// A NATS server that is there already: a process of its own, with accounts and certificates as
// its owner has set them up. Session and workers join it, and the scores are those of the session alone.

// here is this machine, without links: what is looked at is the server.
func here(t *testing.T) *machines {
	return &machines{t: t, session: machine{addr: "127.0.0.1"}, workers: make([]machine, 2)}
}

// natsServer starts one with that configuration, at a port of its own.
func (m *machines) natsServer(name, conf string) *proc {
	m.t.Helper()
	return m.natsServerAt("127.0.0.1:-1", name, conf)
}

func (m *machines) natsServerAt(addr, name, conf string) *proc {
	m.t.Helper()
	path := filepath.Join(m.t.TempDir(), name+".conf")
	if err := os.WriteFile(path, fmt.Appendf(nil, "server_name: %s\nlisten: %q\n%s", name, addr, conf), 0o600); err != nil {
		m.t.Fatal(err)
	}
	p := m.start(m.session, name, "server", path)
	m.t.Cleanup(func() {
		if m.t.Failed() {
			m.t.Logf("%s has said:\n%s", name, p)
		}
	})
	return p
}

// address waits until a server listens.
func (p *proc) address() string {
	p.t.Helper()
	const says = "listening at "
	p.await(says)
	_, after, _ := strings.Cut(p.String(), says)
	addr, _, _ := strings.Cut(after, "\n")
	return addr
}

// withStreams is the configuration of a server with JetStream.
func withStreams(t *testing.T) string {
	return fmt.Sprintf("jetstream { store_dir: %q }\n", t.TempDir())
}

// meetAt starts a session that uses the server at url, with options of %workers.
func (m *machines) meetAt(url, options string) *proc {
	return m.start(m.session, "session", "session", writeCells(m.t.TempDir(), faultCells("%workers "+url+" "+options, faultRuns)))
}

// workerAt starts a worker that joins the server at url.
func (m *machines) workerAt(i int, url string, args ...string) *proc {
	name := fmt.Sprintf("w%d", i+1)
	return m.start(m.workers[i], name, "worker", append([]string{"-join", url, "-name", name}, args...)...)
}

// playedAt wants a session and a worker, with the same access, to give the right scores.
func (m *machines) playedAt(url, access string) {
	m.t.Helper()
	s := m.meetAt(url, access)
	w := m.workerAt(0, url, strings.Fields(access)...)
	m.same(s)
	if !strings.Contains(w.String(), "played") {
		m.t.Errorf("the worker has played nothing:\n%s", w)
	}
	w.kill()
}

// refusedAt wants the session not to come into being, and the worker to end, with a message that says these things.
func (m *machines) refusedAt(what, url, access string, want ...string) {
	m.t.Helper()
	s := m.start(m.session, "session", "session", writeCells(m.t.TempDir(), []string{"%workers " + url + " " + access}))
	w := m.workerAt(1, url, strings.Fields(access)...)
	for _, p := range []*proc{s, w} {
		if p.wait() == nil {
			m.t.Errorf("%s: %s ended well:\n%s", what, p.name, p)
		}
		for _, text := range want {
			if !strings.Contains(p.String(), text) {
				m.t.Errorf("%s: %s does not say %q:\n%s", what, p.name, text, p)
			}
		}
		if strings.Contains(p.String(), "secret") {
			m.t.Errorf("%s: %s shows the password:\n%s", what, p.name, p)
		}
	}
}

func TestFaultServerToken(t *testing.T) {
	m := here(t)
	p := m.natsServer("token", withStreams(t)+"authorization { token: tok }\n")
	url := "nats://" + p.address()
	m.refusedAt("no token", url, "", "does not accept the token", "--token SECRET")
	m.playedAt(url, "--token tok")
}

// Users of a server may have just the permissions that are needed, less, or no streams.
func TestFaultServerUser(t *testing.T) {
	m := here(t)
	p := m.natsServer("user", withStreams(t)+`accounts {
	science { jetstream: enabled, users: [
		{ user: ann, password: secret1, permissions: { publish: ["reprise.>", "$JS.>", "$O.REPRISE_PROGRAMS.>", "_INBOX.>"], subscribe: ["reprise.>", "_INBOX.>"] } }
		{ user: bob, password: secret2, permissions: { publish: { deny: ["$JS.API.STREAM.CREATE.>", "reprise.hello"] } } }
		{ user: cyd, password: secret3, permissions: { subscribe: { deny: ["reprise.>"] } } } ] }
	office { users: [ { user: dan, password: secret4 } ] }
}
`)
	addr := p.address()
	as := func(user string) string { return "nats://" + user + "@" + addr }
	m.refusedAt("wrong password", as("ann:secret9"), "", "does not accept", "nats://USER:PASSWORD@HOST")
	m.refusedAt("no permission to publish", as("bob:secret2"), "", `ermissions Violation for Publish to "`, "let it publish to reprise.>, $JS.>, $O.REPRISE_PROGRAMS.> and _INBOX.>")
	m.refusedAt("no permission to subscribe", as("cyd:secret3"), "", `ermissions Violation for Subscription to "`, "subscribe to reprise.> and _INBOX.>")
	m.refusedAt("account without JetStream", as("dan:secret4"), "", "not for this user's account", "jetstream: enabled")
	m.playedAt(as("ann:secret1"), "")
}

func TestFaultServerWithoutJetStream(t *testing.T) {
	m := here(t)
	p := m.natsServer("plain", "")
	m.refusedAt("no JetStream", "nats://"+p.address(), "", "has no JetStream, which keeps the queue; start it with nats-server --jetstream")
}

// Both sides show certificates.
func TestFaultServerCertificates(t *testing.T) {
	m := here(t)
	server, serverKey := certificate(t, t.TempDir(), "127.0.0.1")
	client, clientKey := certificate(t, t.TempDir(), "127.0.0.1")
	other, otherKey := certificate(t, t.TempDir(), "127.0.0.1")
	p := m.natsServer("tls", withStreams(t)+fmt.Sprintf("tls { cert_file: %q, key_file: %q, ca_file: %q, verify: true }\n", server, serverKey, client))
	url := "tls://" + p.address()
	m.refusedAt("unknown server", url, fmt.Sprintf("--cert %s --key %s", client, clientKey), "--ca names the certificate")
	m.refusedAt("no certificate", url, "--ca "+server, "--cert and --key name what it asks for")
	m.refusedAt("untrusted certificate", url, fmt.Sprintf("--ca %s --cert %s --key %s", server, other, otherKey), "--cert and --key name what it asks for")
	m.refusedAt("another's key", url, fmt.Sprintf("--ca %s --cert %s --key %s", server, client, otherKey), "private key does not match")
	m.playedAt(url, fmt.Sprintf("--ca %s --cert %s --key %s", server, client, clientKey))
}

// An operator vouches for an account, and that for its users.
func TestFaultServerCreds(t *testing.T) {
	m := here(t)
	o := newOperator(t)
	conf, account := o.account(t)
	p := m.natsServer("operator", withStreams(t)+conf)
	url := "nats://" + p.address()
	stranger := newOperator(t)
	_, strange := stranger.account(t)
	m.refusedAt("no credentials", url, "", "does not accept", "--creds FILE")
	m.refusedAt("another operator's", url, "--creds "+creds(t, strange), "does not accept", "--creds FILE")
	m.refusedAt("no such file", url, "--creds "+filepath.Join(t.TempDir(), "none.creds"), "none.creds: no such file")
	m.refusedAt("not credentials", url, "--creds "+writeCells(t.TempDir(), nil), "holds no JWT of a NATS user; `nsc generate creds`")
	m.playedAt(url, "--creds "+creds(t, account))
}

// An operator signs accounts.
type operator struct {
	key   nkeys.KeyPair
	token string
}

func newOperator(t *testing.T) operator {
	t.Helper()
	key, public := newKey(t, nkeys.CreateOperator)
	token, err := jwt.NewOperatorClaims(public).Encode(key)
	if err != nil {
		t.Fatal(err)
	}
	return operator{key, token}
}

// account makes one with streams, and the configuration of a server that knows it.
func (o operator) account(t *testing.T) (conf string, key nkeys.KeyPair) {
	t.Helper()
	key, public := newKey(t, nkeys.CreateAccount)
	c := jwt.NewAccountClaims(public)
	c.Limits.JetStreamLimits = jwt.JetStreamLimits{MemoryStorage: 1 << 30, DiskStorage: 4 << 30, Streams: 10, Consumer: 100}
	token, err := c.Encode(o.key)
	if err != nil {
		t.Fatal(err)
	}
	_, system := newKey(t, nkeys.CreateAccount)
	sys, err := jwt.NewAccountClaims(system).Encode(o.key)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("operator: %s\nsystem_account: %s\nresolver: MEMORY\nresolver_preload { %s: %s, %s: %s }\n", o.token, system, public, token, system, sys), key
}

// creds writes the file of a new user of an account, as nsc does.
func creds(t *testing.T, account nkeys.KeyPair) string {
	t.Helper()
	user, public := newKey(t, nkeys.CreateUser)
	token, err := jwt.NewUserClaims(public).Encode(account)
	if err != nil {
		t.Fatal(err)
	}
	seed, err := user.Seed()
	if err != nil {
		t.Fatal(err)
	}
	data, err := jwt.FormatUserConfig(token, seed)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "user.creds")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func newKey(t *testing.T, create func() (nkeys.KeyPair, error)) (nkeys.KeyPair, string) {
	t.Helper()
	key, err := create()
	if err != nil {
		t.Fatal(err)
	}
	public, err := key.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	return key, public
}

// The streams outlive the session. One that starts again finds there what was played meanwhile,
// and needs no worker for it.
func TestFaultServerSessionKilled(t *testing.T) {
	m := here(t)
	p := m.natsServer("lasting", withStreams(t))
	url := "nats://" + p.address()
	s := m.meetAt(url, "")
	s.await("run 0") // a worker that comes sooner may have been idle for too long by now
	w := m.workerAt(0, url, "-idle", "5s")
	s.await("run 3")
	s.kill()
	<-s.ended
	if s.digest() != "" {
		t.Fatal("the session had come to its end before it was killed")
	}
	if err := w.wait(); err != nil {
		t.Fatalf("the worker ended with %v:\n%s", err, w)
	}
	again := m.meetAt(url, "")
	m.same(again)
}

// A worker that plays on while a session dies and another comes is known to that one, and proves itself anew.
func TestFaultServerSessionReplaced(t *testing.T) {
	m := here(t)
	p := m.natsServer("lasting", withStreams(t))
	url := "nats://" + p.address()
	s := m.meetAt(url, "")
	w := m.workerAt(0, url)
	s.await("run 3")
	s.kill()
	<-s.ended
	m.same(m.meetAt(url, "--audit 1"))
	if n := strings.Count(w.String(), "ready"); n != 2 {
		t.Errorf("the worker has met %d sessions, want 2:\n%s", n, w)
	}
}

// A server that is started anew, with the files that it had, goes on where it was.
func TestFaultServerRestarted(t *testing.T) {
	m := here(t)
	conf := withStreams(t)
	p := m.natsServer("first", conf)
	url := "nats://" + p.address()
	s := m.meetAt(url, "")
	w := m.workerAt(0, url)
	w.await("played")
	p.kill()
	<-p.ended
	m.natsServerAt(p.address(), "second", conf)
	m.same(s)
}

// The server of a cluster that speaks for the queue dies while runs are played.
func TestFaultServerClusterNodeKilled(t *testing.T) {
	m := here(t)
	names, routes := []string{"n1", "n2", "n3"}, []string{}
	var ports []string
	for range names {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ports = append(ports, l.Addr().String())
		routes = append(routes, "nats://"+l.Addr().String())
		l.Close()
	}
	nodes, urls := map[string]*proc{}, []string{}
	for i, name := range names {
		nodes[name] = m.natsServer(name, withStreams(t)+fmt.Sprintf("cluster { name: three, listen: %q, routes: [%s] }\n", ports[i], strings.Join(routes, ", ")))
	}
	for _, name := range names {
		urls = append(urls, "nats://"+nodes[name].address())
	}
	url := strings.Join(urls, ",")
	s := m.meetAt(url, "")
	s.await("others join with")
	first := leader(t, url)
	w := m.workerAt(0, url)
	m.workerAt(1, url)
	w.await("played")
	nodes[first].kill()
	m.same(s)
	if next := leader(t, url); next == first {
		t.Errorf("%s speaks for the queue, and it is dead", next)
	}
}

// leader is the server that speaks for the queue.
func leader(t *testing.T, url string) string {
	t.Helper()
	nc, err := nats.Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	var s jetstream.Stream
	if err := persist(t.Context(), func(ctx context.Context) error { s, err = js.Stream(ctx, jobStream); return err }); err != nil {
		t.Fatal(err)
	}
	info := s.CachedInfo()
	if info.Cluster == nil || info.Config.Replicas != 3 {
		t.Fatalf("the queue is kept by one server: %+v", info)
	}
	return info.Cluster.Leader
}
