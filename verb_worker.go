package main

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"reprise/kernel/swarm"
)

func verbWorker() *cobra.Command {
	var access swarm.Access
	var url, name string
	var idle time.Duration
	c := &cobra.Command{
		Use:   "worker --join URL",
		Short: "Play runs of experiments for notebooks on other machines",
		Long: `Worker joins the NATS server at URL and plays runs of the experiments that sessions
there ask for, until it is ended with Ctrl-C or SIGTERM. In the notebook, the magic

  %workers listen :4222

starts such a server and prints the command to join with; the magic

  %workers nats://HOST:4222

uses one that is there already: a NATS server with JetStream, or a cluster (give
the URLs of its servers with commas between). Session and workers may have
credentials of their own there. What workers publish stays there for a week: a
session that was killed and starts again goes on from it.

A worker must be the same version of reprise as the session: otherwise it is
refused, as its results could be others. It evaluates the notebook's cells that
the experiment needs, so files that these read must be there too. It needs no
port of its own, and may come, go or die at any time.

Exit codes: 0 ended or idle; 1 refused by the session; 2 the server cannot be used.`,
		Example: `  reprise worker --join nats://0123456789abcdef@notebook.example.org:4222
  REPRISE_TOKEN=secret reprise worker --join tls://queue:4222 --ca ca.pem --idle 10m
  reprise worker --join tls://n1:4222,tls://n2:4222,tls://n3:4222 --creds user.creds
  reprise worker --join tls://queue:4222 --ca ca.pem --cert my.pem --key my.key`,
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if url == "" {
				return errors.New("worker wants --join URL, as %workers listen prints it; see `reprise worker --help`")
			}
			ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			w := &swarm.Worker{Name: name, Lock: lock(), Start: startReplica, Idle: idle, Log: func(line string) { say("reprise: " + line) }}
			err := w.Join(ctx, url, access)
			if errors.Is(err, swarm.ErrRefused) {
				return exit{exitFailed, err}
			}
			return err
		},
	}
	c.Flags().StringVar(&url, "join", "", "`URL` of the NATS server: nats://[TOKEN@ or USER:PASSWORD@]HOST:PORT, or tls://; several with commas")
	c.Flags().StringVar(&name, "name", workerName(), "`NAME` in messages; no two workers may have the same")
	c.Flags().DurationVar(&idle, "idle", 0, "end after so long without work, such as 10m (default: never)")
	access.Flags(c.Flags())
	return c
}

// workerName tells machine and process.
func workerName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "worker"
	}
	return fmt.Sprintf("%s-%d", host, os.Getpid())
}
