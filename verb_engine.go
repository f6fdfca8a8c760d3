package main

import (
	"github.com/spf13/cobra"

	"reprise/kernel/worker"
)

// engineVerb is what startWorker starts this program with.
const engineVerb = "engine"

func verbEngine() *cobra.Command {
	var replica bool
	c := &cobra.Command{
		Use:    engineVerb,
		Short:  "Run cells for the process that started this one",
		Hidden: true,
		Args:   noArguments,
		RunE: func(*cobra.Command, []string) error {
			if replica {
				return worker.Serve(newReplica)
			}
			return worker.Serve(newSession)
		},
	}
	c.Flags().BoolVar(&replica, "replica", false, "play runs of experiments of another process")
	return c
}
