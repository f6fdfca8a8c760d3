package main

import (
	"github.com/spf13/cobra"

	"reprise/kernel/worker"
)

func verbWorker() *cobra.Command {
	return &cobra.Command{
		Use:    "worker",
		Short:  "Run cells for the process that started this one",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(*cobra.Command, []string) error { return worker.Serve(newEngine) },
	}
}
