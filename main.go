// Reprise is a Jupyter kernel for Go in which every experiment can be played again and gives the same bits.
package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Exit codes of every verb.
const (
	exitFailed      = 1   // the notebook is not right: a cell failed, or what it shows is not to be believed
	exitUnusable    = 2   // the command could not do its work: arguments, files, environment
	exitInterrupted = 130 // Ctrl-C, as shells count it
)

const about = `Reprise is a Jupyter kernel for Go in which every experiment can be played again
and gives the same bits.

Exit codes: 0 done; 1 the notebook is not right: a cell failed, verify or diff found a
difference, its ledger is broken or its outputs are out of date; 2 the command could
not do its work (arguments, files, environment); 130 interrupted.`

// program is the table of verbs, in the order in which the help shows them.
func program() *cobra.Command {
	root := &cobra.Command{
		Use:           "reprise",
		Short:         "A Jupyter kernel for Go with experiments that give the same bits",
		Long:          about,
		SilenceUsage:  true, // an error at run time is no reason to explain the flags
		SilenceErrors: true, // main prints them, in one line
		Args:          cobra.ArbitraryArgs,

		PersistentPreRunE: func(c *cobra.Command, _ []string) error { return noEmptyFlag(c) },

		SuggestionsMinimumDistance: 2, // "vrify" is one away
		DisableFlagsInUseLine:      true,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownVerb(c, args[0])
			}
			return c.Help()
		},
	}
	cobra.EnableCommandSorting = false // the help shows them in the order of the table
	root.SetHelpCommand(verbHelp(root))
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return fmt.Errorf("%w; see `%s --help`", err, c.CommandPath())
	})
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(
		verbRun(),
		verbVerify(),
		verbDiff(),
		verbReport(),
		verbLock(),
		verbLab(),
		verbInstall(),
		verbUninstall(),
		verbKernel(),
		verbWorker(),
		verbEngine(),
		verbVersion(),
	)
	return root
}

// noEmptyFlag refuses the empty text that a variable which is not set leaves behind -o or --prefix: the
// verb would write to its default place.
func noEmptyFlag(c *cobra.Command) (err error) {
	c.Flags().Visit(func(f *pflag.Flag) {
		if f.Value.Type() == "string" && f.Value.String() == "" {
			err = fmt.Errorf("--%s is empty; give it a value or leave it out", f.Name)
		}
	})
	return err
}

// verbHelp is cobra's, but that a verb which is not there is an error.
func verbHelp(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [VERB]",
		Short: "Show the help of a verb",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return root.Help()
			}
			c, rest, err := root.Find(args)
			if err != nil || c == root || len(rest) > 0 {
				return unknownVerb(root, args[0])
			}
			c.InitDefaultHelpFlag()
			return c.Help()
		},
	}
}

func unknownVerb(root *cobra.Command, word string) error {
	hint := ""
	if near := root.SuggestionsFor(word); len(near) > 0 {
		hint = "; did you mean " + strings.Join(near, " or ") + "?"
	}
	return fmt.Errorf("unknown command %q%s; see `reprise --help`", word, hint)
}

// noArguments wants none, and says so better than cobra does.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s wants no arguments, got %q; see `%s --help`", c.Name(), args[0], c.CommandPath())
	}
	return nil
}

func main() {
	os.Exit(code(program().Execute()))
}

// code prints err in one line and gives the exit code that says the same.
func code(err error) int {
	if err == nil {
		return 0
	}
	var e exit
	if !errors.As(err, &e) {
		e = exit{exitUnusable, err}
	}
	if e.err != nil {
		fmt.Fprintln(os.Stderr, "reprise: "+oneLine(e.err.Error()))
	}
	return e.code
}

// An exit is an error with an exit code of its own; err may be nil when all is said.
type exit struct {
	code int
	err  error
}

func (e exit) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

func oneLine(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "\n", "; ")), " ")
}
