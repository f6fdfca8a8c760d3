package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"reprise/notebooks/nb"
	"reprise/notebooks/runner"
)

// runJob is one `reprise run`.
type runJob struct {
	path, output, report string
	params               []string
	timeout              time.Duration
	allowErrors, resume  bool
}

func verbRun() *cobra.Command {
	var j runJob
	c := &cobra.Command{
		Use:   "run NOTEBOOK",
		Short: "Execute a notebook and write it with an HTML report beside it",
		Long: `Run executes the cells of NOTEBOOK from top to bottom in a fresh worker, in the
notebook's folder, and writes the outputs into the notebook itself (or to the file
given by -o), and a report as an HTML file beside it.

A failing cell stops the run: its error is shown, what was executed is written, and
the exit code is 1. Cells after it keep the outputs that they had. Cells tagged
raises-exception may fail. Ctrl-C interrupts the running cell and writes what was
executed; a second Ctrl-C quits.

NOTEBOOK may be - for standard input, and FILE of -o for standard output, which is then
also the default; its cells run in the current folder.

-p overrides the values of the cell tagged parameters, by an inserted cell tagged
injected-parameters; it wants -o, so that the notebook itself does not change.

The ledger of the run, which says what every cell depended on, goes into the
notebook's metadata. While the run goes on it grows beside the notebook, in a file
.ledger.jsonl, which stays there only if the run was killed. --resume then takes up
that run: its cells are run again with what they had taken from entropy and from
people, each has to show what it had shown, and the rest follows. It works on
another machine too, from the notebook and that file, or from the notebook alone.`,
		Example: `  reprise run notebooks/01-reproducible-results.ipynb
  reprise run sweep.ipynb -p epochs=100 -p lr=0.001 -o sweep-100.ipynb
  reprise run long.ipynb --timeout 10m --report long.html
  reprise run long.ipynb --resume`,
		Args: oneNotebook,
		RunE: func(c *cobra.Command, args []string) error {
			j.path = args[0]
			return j.run(c)
		},
	}
	c.Flags().StringVarP(&j.output, "output", "o", "", "write the executed notebook to `FILE`, or - for standard output (default: NOTEBOOK itself)")
	c.Flags().StringVar(&j.report, "report", "", "write the report to `FILE`, .html, .md or .pdf; none for no report (default: the notebook's name with .html)")
	c.Flags().StringArrayVarP(&j.params, "param", "p", nil, "override a parameter, `name=value`; may be repeated")
	c.Flags().DurationVar(&j.timeout, "timeout", 0, "longest time for one cell, such as 90s (default: no bound)")
	c.Flags().BoolVar(&j.resume, "resume", false, "take up a run that was killed or failed, and confirm what it had shown")
	c.Flags().BoolVar(&j.allowErrors, "allow-errors", false, "go on after a failing cell")
	return c
}

// oneNotebook wants exactly one argument, and says so better than cobra does.
func oneNotebook(c *cobra.Command, args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("%s wants one notebook, got %d arguments; see `reprise %s --help`", c.Name(), len(args), c.Name())
	}
	return nil
}

func (j runJob) run(c *cobra.Command) error {
	before, err := source(j.path)
	if err != nil {
		return err
	}
	book, err := j.read(before)
	if err == nil {
		err = j.check()
	}
	if err != nil {
		return err
	}
	ctx, stop := interruptible(c.Context())
	defer stop()
	earlier, err := j.earlier(book)
	if err != nil {
		return err
	}
	log, err := openRunLog(j.target())
	if err != nil {
		return err
	}
	defer log.close()
	e, err := startWorker(ctx, filepath.Dir(j.path), nil)
	if err != nil {
		return orInterrupted(ctx, err)
	}
	defer e.Close()
	options := runner.Options{
		Timeout: j.timeout, AllowErrors: j.allowErrors, Language: language(), Progress: progress(),
		Lock: locked(), Machine: machine(), Journal: log, Resume: earlier,
	}
	result, runErr := runner.Run(ctx, book, e, options)
	var parted *runner.Parted
	if errors.As(runErr, &parted) {
		return exit{exitFailed, parted} // the notebook is left as it was
	}
	if j.resume {
		say(fmt.Sprintf("reprise: resumed: %d of %d cells of the earlier run gave the same again", result.Confirmed, len(earlier)))
	}
	output, err := j.write(book, before)
	if err != nil {
		if failed := verdict(book, result, runErr); failed != nil {
			say("reprise: " + oneLine(failed.Error()))
		}
		return log.explain(err)
	}
	log.done = true
	reportErr := j.writeReport(book, output)
	if err := verdict(book, result, runErr); err != nil {
		if reportErr != nil {
			say("reprise: " + oneLine(reportErr.Error()))
		}
		return err
	}
	return reportErr
}

func (j runJob) read(data []byte) (*nb.Notebook, error) {
	book, err := decode(j.path, data)
	if err != nil {
		return nil, err
	}
	if err := wantGo(book, j.path); err != nil {
		return nil, err
	}
	var params []runner.Param
	for _, text := range j.params {
		p, err := runner.ParseParam(text)
		if err != nil {
			return nil, err
		}
		params = append(params, p)
	}
	book.Upgrade() // cells that the ledger names have ids
	unknown, err := runner.Inject(book, params)
	if len(unknown) > 0 {
		say(fmt.Sprintf("reprise: the cell tagged parameters does not declare %s", strings.Join(unknown, ", ")))
	}
	return book, err
}

// wantGo refuses the notebook of another language, whose cells could only fail.
func wantGo(book *nb.Notebook, path string) error {
	spec, _ := book.Metadata["kernelspec"].(map[string]any)
	info, _ := book.Metadata["language_info"].(map[string]any)
	language, ok := spec["language"].(string)
	if !ok {
		language, ok = info["name"].(string)
	}
	if ok && !strings.EqualFold(language, "go") {
		return fmt.Errorf("%s: its cells are %s, not Go; change kernelspec.language in its metadata if that is wrong", called(path), language)
	}
	return nil
}

// verdict turns how a run ended into an exit.
func verdict(book *nb.Notebook, result runner.Result, err error) error {
	switch f := result.Failure; {
	case err != nil:
		return err
	case f != nil:
		for _, line := range f.Fault.Traceback() {
			say(line)
		}
		exitCode := exitFailed
		if f.Interrupted {
			exitCode = exitInterrupted
		}
		return exit{exitCode, fmt.Errorf("%d of %d cells were run: %w", result.Ran, result.Total, f)}
	}
	return nil
}
