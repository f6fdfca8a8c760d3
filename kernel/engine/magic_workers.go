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
			"%workers 4 starts four processes on this machine, %workers auto as many as there are cores (or as the environment variable REPRISE_WORKERS says), %workers 1 goes back to this process alone. " +
			"%workers listen lets other machines help: it prints the command that they join with, reprise worker --join. " +
			"%workers nats://host:4222 uses a NATS server that is there already. " +
			"Options: --token T, --cert FILE, --key FILE, --ca FILE, --creds FILE, --local N for processes on this machine beside, --audit N to have one run in N played by two workers.",
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
