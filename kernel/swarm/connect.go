package swarm

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
)

// checkURL wants the URL of a NATS server.
func checkURL(text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || !slices.Contains([]string{"nats", "tls", "ws", "wss"}, u.Scheme) {
		return fmt.Errorf("%s: want nats://HOST:PORT or tls://HOST:PORT", shownURL(text))
	}
	return nil
}

// options turns Access into what the NATS client takes. A connection that is lost is taken up
// again for ever: a session may be started anew.
func (a Access) options(name string) ([]nats.Option, error) {
	o := []nats.Option{
		nats.Name(name),
		nats.MaxReconnects(-1),
		nats.ReconnectWait(250 * time.Millisecond),
		nats.PingInterval(2 * time.Second),
		nats.MaxPingsOutstanding(3),
		nats.Timeout(5 * time.Second),
	}
	if a.Token != "" {
		o = append(o, nats.Token(a.Token))
	}
	if a.Creds != "" {
		o = append(o, nats.UserCredentials(a.Creds))
	}
	if a.CA != "" {
		pool, err := a.roots()
		if err != nil {
			return nil, err
		}
		o = append(o, nats.Secure(&tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}))
	}
	if a.Cert != "" || a.Key != "" {
		if _, err := tls.LoadX509KeyPair(a.Cert, a.Key); err != nil {
			return nil, fmt.Errorf("certificate and key: %w", err)
		}
		o = append(o, nats.ClientCert(a.Cert, a.Key))
	}
	return o, nil
}

func (a Access) roots() (*x509.CertPool, error) {
	data, err := os.ReadFile(a.CA)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(data) {
		return nil, fmt.Errorf("%s: no certificate in PEM form", a.CA)
	}
	return pool, nil
}

// explain says what is wrong with a connection, and the cure.
func explain(url string, err error) error {
	var certificate *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, nats.ErrAuthorization):
		return fmt.Errorf("%s does not accept the token or the credentials; take those that %%workers listen has printed", shownURL(url))
	case errors.As(err, &unknown) || errors.As(err, &certificate):
		return fmt.Errorf("%s: %w; --ca names the certificate that vouches for it", shownURL(url), err)
	case errors.Is(err, nats.ErrSecureConnRequired):
		return fmt.Errorf("%s wants TLS; write tls:// and name its certificate with --ca", shownURL(url))
	case errors.Is(err, nats.ErrSecureConnWanted):
		return fmt.Errorf("%s has no TLS; write nats:// and leave --ca away", shownURL(url))
	case strings.Contains(err.Error(), "tls:") || strings.Contains(err.Error(), "certificate"):
		return fmt.Errorf("%s refuses TLS: %w; --cert and --key name what it asks for", shownURL(url), err)
	}
	return fmt.Errorf("%s: %w", shownURL(url), err)
}

// absent reports whether nobody answers there yet: something to wait for.
func absent(err error) bool {
	var op *net.OpError
	return errors.Is(err, nats.ErrNoServers) || errors.Is(err, nats.ErrTimeout) || errors.Is(err, io.EOF) || errors.Is(err, nats.ErrConnectionClosed) ||
		errors.As(err, &op) && !strings.Contains(err.Error(), "tls")
}

// shownURL is a URL without its secret.
func shownURL(url string) string {
	scheme, rest, ok := strings.Cut(url, "://")
	if at := strings.LastIndex(rest, "@"); ok && at >= 0 {
		return scheme + "://" + rest[at+1:]
	}
	return url
}
