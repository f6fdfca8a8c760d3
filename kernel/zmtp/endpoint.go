package zmtp

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"syscall"
)

// listen binds endpoint and returns its name with the port that was given.
func listen(endpoint string) (net.Listener, string, error) {
	transport, addr, ok := strings.Cut(endpoint, "://")
	if !ok || addr == "" {
		return nil, "", fmt.Errorf("zmtp: bad endpoint %q; want tcp://host:port or ipc://path", endpoint)
	}
	switch transport {
	case "tcp":
		return listenTCP(addr)
	case "ipc":
		return listenIPC(addr)
	}
	return nil, "", fmt.Errorf("zmtp: unknown transport in %q; want tcp:// or ipc://", endpoint)
}

func listenTCP(addr string) (net.Listener, string, error) {
	// libzmq writes "all interfaces" as a star, Go as an empty host.
	if port, all := strings.CutPrefix(addr, "*:"); all {
		addr = ":" + port
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, "", fmt.Errorf("zmtp: cannot bind tcp://%s: %w", addr, err)
	}
	return l, "tcp://" + l.Addr().String(), nil
}

func listenIPC(path string) (net.Listener, string, error) {
	l, err := net.Listen("unix", path)
	if errors.Is(err, syscall.EADDRINUSE) && abandoned(path) {
		// A kernel that was killed leaves its socket file behind.
		if err = os.Remove(path); err == nil {
			l, err = net.Listen("unix", path)
		}
	}
	if err != nil {
		return nil, "", fmt.Errorf("zmtp: cannot bind ipc://%s (a path of at most about 100 bytes in a directory that exists): %w", path, err)
	}
	if !strings.HasPrefix(path, "@") { // "@name" is Linux's abstract namespace: no file
		if err := os.Chmod(path, 0o600); err != nil {
			l.Close()
			return nil, "", fmt.Errorf("zmtp: cannot keep others out of ipc://%s: %w", path, err)
		}
	}
	return l, "ipc://" + path, nil
}

// abandoned reports whether path is a socket file that nobody listens on.
func abandoned(path string) bool {
	info, err := os.Lstat(path)
	if err != nil || info.Mode()&os.ModeSocket == 0 {
		return false
	}
	conn, err := net.Dial("unix", path)
	if err == nil {
		conn.Close()
		return false
	}
	return errors.Is(err, syscall.ECONNREFUSED)
}
