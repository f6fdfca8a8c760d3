package swarm

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// defaultListen is where a session listens: at this machine alone, as others must be asked for.
const defaultListen = "127.0.0.1:4222"

// listen starts a NATS server in this process. It keeps everything in memory: what must outlast
// the process is in the experiment's own store.
func listen(o workersOptions) (s *server.Server, folder string, err error) {
	host, port, err := address(o.addr)
	if err != nil {
		return nil, "", err
	}
	if folder, err = os.MkdirTemp("", "reprise-workers-"); err != nil { // it wants one, and leaves it nearly empty
		return nil, "", err
	}
	defer func() {
		if err != nil {
			removeAll(folder)
		}
	}()
	so := &server.Options{
		ServerName: "reprise", Host: host, Port: port, Authorization: o.Token,
		JetStream: true, JetStreamMaxMemory: 2 << 30, StoreDir: folder, NoSigs: true, NoLog: true,
		MaxTracedMsgLen: 256, PingInterval: 2 * time.Second, MaxPingsOut: 3,
	}
	if o.Cert != "" {
		tc, err := server.GenTLSConfig(&server.TLSConfigOpts{CertFile: o.Cert, KeyFile: o.Key, CaFile: o.CA, Verify: o.CA != "", Timeout: 5})
		if err != nil {
			return nil, "", err
		}
		so.TLSConfig, so.TLSTimeout, so.TLS, so.TLSVerify = tc, 5, true, o.CA != ""
	}
	if s, err = server.NewServer(so); err != nil {
		return nil, "", err
	}
	s.Start()
	if !s.ReadyForConnections(10 * time.Second) {
		s.Shutdown()
		return nil, "", fmt.Errorf("nobody can listen at %s: is the port taken?", net.JoinHostPort(host, strconv.Itoa(port)))
	}
	return s, folder, nil
}

func removeAll(folder string) {
	if folder != "" {
		_ = os.RemoveAll(folder) // in the system's folder for what may be lost
	}
}

// address reads HOST:PORT, :PORT or HOST.
func address(text string) (host string, port int, err error) {
	if text == "" {
		text = defaultListen
	}
	host, p, err := net.SplitHostPort(text)
	if err != nil {
		return "", 0, fmt.Errorf("listen at HOST:PORT: %w", err)
	}
	if port, err = strconv.Atoi(p); err != nil || port < 0 || port > 65535 {
		return "", 0, fmt.Errorf("listen at HOST:PORT, got port %q", p)
	}
	if port == 0 {
		port = server.RANDOM_PORT
	}
	if host == "" {
		host = "0.0.0.0"
	}
	return host, port, nil
}

// secret is a token of 128 bits.
func secret() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// joinURL is what others join with: a name of this machine in place of "all addresses".
func joinURL(s *server.Server, secure bool, token string) (string, error) {
	addr, ok := s.Addr().(*net.TCPAddr)
	if !ok {
		return "", errors.New("the server has no address")
	}
	host := addr.IP.String()
	if addr.IP.IsUnspecified() {
		host = outward()
	}
	scheme := "nats"
	if secure {
		scheme = "tls"
	}
	return fmt.Sprintf("%s://%s@%s", scheme, token, net.JoinHostPort(host, strconv.Itoa(addr.Port))), nil
}

// outward is an address of this machine that others may reach.
func outward() string {
	all, err := net.InterfaceAddrs()
	if err == nil {
		for _, a := range all {
			if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && !n.IP.IsLoopback() && !n.IP.IsLinkLocalUnicast() {
				return n.IP.String()
			}
		}
	}
	return "127.0.0.1"
}
