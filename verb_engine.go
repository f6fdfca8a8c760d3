package main

import (
	"github.com/spf13/cobra"

	"reprise/kernel/worker"
)

// engineVerb is what startWorker starts this program with.
const engineVerb = "engine"

func verbEngine() *cobra.Command {
	return &cobra.Command{
		Use:    engineVerb,
		Short:  "Run cells for the process that started this one",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(*cobra.Command, []string) error { return worker.Serve(newEngine) },
	}
}
