package swarm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"

	"github.com/spf13/pflag"
)

// CountVar is the environment variable that says what %workers auto means on this machine.
const CountVar = "REPRISE_WORKERS"

// mostWorkers bounds a slip of the finger: each is a process.
const mostWorkers = 1024

// Set implements engine.Workers: it obeys %workers.
func (s *Session) Set(ctx context.Context, args string) (string, error) {
	o, where, err := parseWorkers(args)
	switch {
	case err != nil:
		return "", err
	case where == "":
		return s.describe(), nil
	case where == "listen" || strings.Contains(where, "://"):
		return s.gather(ctx, o, where)
	}
	n, err := workerCount(where)
	if err != nil {
		return "", err
	}
	s.hire(nil)
	s.hire(newLocal(n, s.config.Start))
	return "", nil
}

// gather lets other machines help.
func (s *Session) gather(ctx context.Context, o workersOptions, where string) (string, error) {
	s.hire(nil)
	c, say, err := newCluster(ctx, s.config, o, where)
	if err != nil {
		return "", err
	}
	s.hire(c)
	return say, nil
}

// describe tells who plays.
func (s *Session) describe() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.crew == nil {
		return "experiments are played in this process; %workers n lets n processes play them"
	}
	return s.crew.String()
}

// workerCount reads the number of processes. 1 is a crew of one: the experiment is then looked
// at as it is for many, and says the same.
func workerCount(text string) (int, error) {
	if text == "auto" {
		if text = os.Getenv(CountVar); text == "" {
			return runtime.GOMAXPROCS(0), nil
		}
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > mostWorkers {
		return 0, fmt.Errorf("want a number from 1 to %d, auto, listen or the URL of a NATS server, got %q", mostWorkers, text)
	}
	return n, nil
}

// workersOptions are the options of %workers.
type workersOptions struct {
	Access
	local int
	audit int
	addr  string // listen on
}

// Access is how a NATS server is reached.
type Access struct {
	Token         string // or user:password in the URL
	Creds         string // file, as nsc makes it
	Cert, Key, CA string // files in PEM; CA alone checks the server, Cert and Key are one's own
}

// Flags declares the options of Access.
func (a *Access) Flags(f *pflag.FlagSet) {
	f.StringVar(&a.Token, "token", os.Getenv("REPRISE_TOKEN"), "`SECRET` that the server asks for (default: $REPRISE_TOKEN)")
	f.StringVar(&a.Creds, "creds", "", "`FILE` with the credentials of a NATS user, as nsc writes it")
	f.StringVar(&a.Cert, "cert", "", "`FILE` with this side's own certificate, PEM")
	f.StringVar(&a.Key, "key", "", "`FILE` with the key of --cert, PEM")
	f.StringVar(&a.CA, "ca", "", "`FILE` with the certificates that vouch for the other side, PEM")
}

func parseWorkers(args string) (o workersOptions, where string, err error) {
	f := pflag.NewFlagSet("%workers", pflag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.Usage = func() {}
	o.Access.Flags(f)
	f.IntVar(&o.local, "local", -1, "processes of this machine beside")
	f.IntVar(&o.audit, "audit", 20, "one run in so many is played by two workers; 0: none")
	if err := f.Parse(strings.Fields(args)); err != nil {
		return o, "", fmt.Errorf("%w; see %%help workers", err)
	}
	rest := f.Args()
	if len(rest) > 0 {
		where = rest[0]
	}
	if len(rest) > 1 && where == "listen" {
		o.addr, rest = rest[1], rest[1:]
	}
	if len(rest) > 1 {
		return o, "", fmt.Errorf("%q is one word too many", rest[1])
	}
	if o.audit < 0 {
		return o, "", errors.New("--audit wants 0 or more")
	}
	return o, where, nil
}
