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
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"
)

// checkURL wants the URL of a NATS server, or those of several of a cluster, separated by commas.
func checkURL(text string) error {
	for one := range strings.SplitSeq(text, ",") {
		u, err := url.Parse(one)
		if err != nil || u.Host == "" || !slices.Contains([]string{"nats", "tls", "ws", "wss"}, u.Scheme) {
			return fmt.Errorf("%s: want nats://HOST:PORT or tls://HOST:PORT", shownURL(one))
		}
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
		if err := a.checkCreds(); err != nil {
			return nil, err
		}
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

// checkCreds wants what nsc writes: the user's JWT and the seed of its key.
func (a Access) checkCreds() error {
	data, err := os.ReadFile(a.Creds)
	if err != nil {
		return fmt.Errorf("--creds: %w", err)
	}
	token, err := nkeys.ParseDecoratedJWT(data)
	if err != nil || strings.Count(token, ".") != 2 {
		return fmt.Errorf("--creds: %s holds no JWT of a NATS user; `nsc generate creds` writes such a file", a.Creds)
	}
	if _, err := nkeys.ParseDecoratedUserNKey(data); err != nil {
		return fmt.Errorf("--creds: %s: %w; `nsc generate creds` writes such a file", a.Creds, err)
	}
	return nil
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
		return fmt.Errorf("%s does not accept the token or the credentials; take the URL that %%workers listen has printed, or what the server's owner has given: --creds FILE, --token SECRET or nats://USER:PASSWORD@HOST", shownURL(url))
	case errors.Is(err, nats.ErrAuthExpired) || errors.Is(err, nats.ErrAccountAuthExpired) || errors.Is(err, nats.ErrAuthRevoked):
		return fmt.Errorf("%s: %w; ask its owner for new credentials (--creds)", shownURL(url), err)
	case errors.As(err, &unknown) || errors.As(err, &certificate):
		return fmt.Errorf("%s: %w; --ca names the certificate that vouches for it", shownURL(url), err)
	case errors.Is(err, nats.ErrSecureConnRequired):
		return fmt.Errorf("%s wants TLS; write tls:// and name its certificate with --ca", shownURL(url))
	case errors.Is(err, nats.ErrSecureConnWanted):
		return fmt.Errorf("%s has no TLS; write nats:// and leave --ca away", shownURL(url))
	case errors.Is(err, jetstream.ErrJetStreamNotEnabled):
		return fmt.Errorf("%s has no JetStream, which keeps the queue; start it with nats-server --jetstream", shownURL(url))
	case errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount):
		return fmt.Errorf("%s has JetStream, which keeps the queue, but not for this user's account; have it enabled: jetstream: enabled in the server's configuration, or nsc edit account --js-enable 1", shownURL(url))
	case errors.Is(err, nats.ErrPermissionViolation):
		return fmt.Errorf("%s forbids this user what is needed: %w; let it publish to reprise.>, $JS.>, $O.%s.> and _INBOX.>, and subscribe to reprise.> and _INBOX.>", shownURL(url), err, bigBucket)
	case strings.Contains(err.Error(), "tls:") || strings.Contains(err.Error(), "certificate"):
		return fmt.Errorf("%s refuses TLS: %w; --cert and --key name what it asks for", shownURL(url), err)
	case cutOff(err):
		return fmt.Errorf("%s ended the connection (%w); where it asks for a certificate, --cert and --key name what it asks for", shownURL(url), err)
	}
	return fmt.Errorf("%s: %w", shownURL(url), err)
}

// cutOff reports whether the other side hung up after it had answered. What it said of a certificate may be lost so.
func cutOff(err error) bool {
	var op *net.OpError
	return errors.Is(err, io.EOF) || errors.As(err, &op) && (op.Op == "read" || op.Op == "write")
}

// absent reports whether nobody answers there yet: something to wait for.
func absent(err error) bool {
	var op *net.OpError
	return errors.Is(err, nats.ErrNoServers) || errors.Is(err, nats.ErrTimeout) || errors.Is(err, io.EOF) || errors.Is(err, nats.ErrConnectionClosed) ||
		errors.As(err, &op) && !strings.Contains(err.Error(), "tls")
}

// denied calls tell when the server forbids something.
func denied(tell func(error)) nats.Option {
	return nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
		if errors.Is(err, nats.ErrPermissionViolation) {
			tell(err)
		}
	})
}

// shownURL is a URL, or several, without secrets.
func shownURL(url string) string {
	all := strings.Split(url, ",")
	for i, one := range all {
		scheme, rest, ok := strings.Cut(one, "://")
		if at := strings.LastIndex(rest, "@"); ok && at >= 0 {
			all[i] = scheme + "://" + rest[at+1:]
		}
	}
	return strings.Join(all, ",")
}
