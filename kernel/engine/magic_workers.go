package engine

import "context"

// Workers are those who play the runs of experiments.
type Workers interface {
	// Set obeys the arguments of %workers and returns what there is to say.
	Set(ctx context.Context, args string) (string, error)
}

func workersMagic() Magic {
	return Magic{
		Name:  "workers",
		Usage: "[n | auto | listen [HOST:PORT] | nats://HOST:PORT] [options]",
		Doc: "Let several processes play the runs of experiments; without arguments, tell how many do. The results are the same bits whoever plays. " +
			"%workers 4 starts four processes on this machine, %workers auto as many as there are cores (or as the environment variable REPRISE_WORKERS says), %workers 1 just one. " +
			"%workers listen lets other machines help: it prints the command that they join with, reprise worker --join. " +
			"%workers nats://host:4222 (or tls://, or the URLs of a cluster's servers with commas between) uses a NATS server with JetStream that is there already; what workers have played stays there for a week, for a session that starts again. " +
			"Options: --local N starts N processes on this machine beside; --audit N has one run in N played by two workers (20; 0: none), and what no second one plays within ten seconds is said. " +
			"What the server asks for: --token SECRET (better in the environment variable REPRISE_TOKEN than in a notebook), user:password@ in the URL, --creds FILE of a NATS user, --ca FILE with the certificate that vouches for the server, --cert FILE and --key FILE with one's own. With listen, --cert and --key turn TLS on, and --ca asks workers for certificates.",
		Run: func(ctx context.Context, c *Call) (Outcome, error) {
			w := c.Engine.config.Workers
			if w == nil {
				return Outcome{}, c.misuse("%%workers needs a kernel with worker processes; here each run is played in this process")
			}
			say, err := w.Set(ctx, c.Args)
			if err != nil {
				return Outcome{}, c.misuse("%%workers: %v", err)
			}
			if say != "" {
				c.printf("%s\n", say)
			}
			return Outcome{}, nil
		},
	}
}
