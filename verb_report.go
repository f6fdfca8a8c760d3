package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"reprise/kernel/ledger"
	"reprise/notebooks/nb"
	"reprise/notebooks/report"
	"reprise/notebooks/runner"
)

// reportJob is one `reprise report`.
type reportJob struct {
	outputs []string
	css     string
	fold    bool
	stale   bool
	verify  bool
	timeout time.Duration
}

func verbReport() *cobra.Command {
	var j reportJob
	c := &cobra.Command{
		Use:   "report NOTEBOOK",
		Short: "Write a notebook as one HTML file that needs no network, as Markdown or as PDF",
		Long: `Report writes NOTEBOOK as it was saved, without running it. The HTML file holds
everything, the notebook itself included, loads nothing and needs no script; the same
notebook always gives the same bytes. Markdown puts images into a folder beside the
file. PDF is printed by Chromium, Chrome or Edge. Long outputs are folded, and open
in what is printed; nothing is ever cut.

Tags hide parts: remove-cell, remove-input, remove-output leave them out; hide-cell,
hide-input, hide-output fold them. So do Quarto's lines //| echo: false, include: false,
output: false, warning: false, code-fold: true, code-summary: …. //| fig-cap: and
//| fig-alt: describe a figure. --css adds one file of style, a theme say.

The end of the report tells what the ledger has of the notebook: seeds, random
numbers by stream, files, versions, digests. With --verify the notebook is run again
first, and the report says that it gave the same. A notebook with outputs that are out
of date, since a cell was changed or run again later, makes no report; --allow-stale
makes one that marks them.`,
		Example: `  reprise report notebooks/01-reproducible-results.ipynb
  reprise report paper.ipynb -o paper.html -o paper.md -o paper.pdf
  reprise report paper.ipynb --fold --css gallery.css`,
		Args: oneNotebook,
		RunE: func(c *cobra.Command, args []string) error { return j.run(c, args[0]) },
	}
	c.Flags().StringArrayVarP(&j.outputs, "output", "o", nil, "write to `FILE`, .html, .md or .pdf; may be repeated (default: the notebook's name with .html)")
	c.Flags().StringVar(&j.css, "css", "", "add the style in `FILE` to the page")
	c.Flags().BoolVar(&j.stale, "allow-stale", false, "mark outputs that are out of date instead of refusing")
	c.Flags().BoolVar(&j.verify, "verify", false, "run the notebook again first, and say that it gave the same")
	c.Flags().DurationVar(&j.timeout, "timeout", 0, "with --verify, longest time for one cell, such as 90s (default: no bound)")
	c.Flags().BoolVar(&j.fold, "fold", false, "fold all code")
	return c
}

func (j reportJob) run(c *cobra.Command, path string) error {
	outputs, err := j.targets(path)
	if err != nil {
		return err
	}
	book, err := readNotebookOrReport(path)
	if err != nil {
		return err
	}
	o := report.Options{Title: title(book, path), Folder: filepath.Dir(path), Fold: j.fold}
	if j.css != "" {
		css, err := nb.Read(j.css)
		if err != nil {
			return err
		}
		if err := report.CheckCSS(string(css)); err != nil {
			return fmt.Errorf("%s: %w", j.css, err)
		}
		o.CSS = string(css)
	}
	ctx, stop := interruptible(c.Context())
	defer stop()
	if err := j.judge(ctx, book, path, &o); err != nil {
		return orInterrupted(ctx, err)
	}
	if err := wantGo(book, path); err != nil {
		say(fmt.Sprintf("reprise: %v; nobody can verify the report", err))
	}
	for _, output := range outputs {
		if err := writeReport(ctx, book, path, output, o); err != nil {
			return orInterrupted(ctx, err)
		}
		fmt.Println("wrote " + output)
	}
	return nil
}

// targets are the files that are written. What cannot be is said before the notebook is run.
func (j reportJob) targets(path string) ([]string, error) {
	if j.timeout != 0 && !j.verify {
		return nil, errors.New("--timeout goes with --verify, which runs cells")
	}
	if err := wantTimeout(j.timeout); err != nil {
		return nil, err
	}
	outputs := j.outputs
	if len(outputs) == 0 {
		if path == dash {
			return nil, errors.New("a notebook from standard input has no name: say with -o where its report goes")
		}
		outputs = []string{withExt(path, ".html")}
	}
	for _, output := range outputs {
		if err := wantReport(output); err != nil {
			return nil, err
		}
	}
	return outputs, nil
}

// wantReport refuses the name of a report that cannot be written.
func wantReport(path string) error {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".html", ".htm", ".pdf", ".md":
		return nb.Writable(path)
	}
	return fmt.Errorf("report %s: want a name that ends in .html, .md or .pdf", path)
}

// judge looks whether the notebook may be passed on, and puts into o what the report says of it.
func (j reportJob) judge(ctx context.Context, book *nb.Notebook, path string, o *report.Options) error {
	found, err := runner.Ledger(book, path)
	if err != nil {
		return exit{exitFailed, err}
	}
	sayDoubts(found)
	records := found.Records
	if found.Path != "" { // the notebook inside the report has nothing beside it
		if err := keepLedger(book, records); err != nil {
			return err
		}
	}
	o.Ledger, o.OutOfDate = records, runner.OutOfDate(book, records)
	for i := range book.Cells {
		if why := o.OutOfDate[i]; why != "" {
			say(fmt.Sprintf("reprise: %s is out of date: %s", cellName(book, i), why))
		}
	}
	for _, line := range runner.ChangedFiles(records, filepath.Dir(path), ledger.FileDigest) {
		say("reprise: " + line)
	}
	if len(o.OutOfDate) > 0 && !j.stale {
		return exit{exitFailed, fmt.Errorf("%s: what %d cells show is out of date; run it from top to bottom, or mark them with --allow-stale", path, len(o.OutOfDate))}
	}
	if !j.verify {
		return nil
	}
	checks, err := runner.Verify(ctx, book, runner.VerifyOptions{
		Settings: []runner.Setting{{Run: 1}}, Order: runner.OrderTop, Timeout: j.timeout, Progress: progress(), Start: startEngine(path),
	})
	if err != nil {
		return err
	}
	line, same := runner.Summary(checks)
	if !same {
		runner.WriteTable(os.Stdout, book, checks)
		return exit{exitFailed, fmt.Errorf("%s does not reproduce: %s", path, line)}
	}
	o.Verified = line
	return nil
}

// keepLedger puts a ledger into a notebook.
func keepLedger(book *nb.Notebook, records []ledger.Record) (err error) {
	ledger.Store(book.Metadata, records)
	book.Metadata["reprise"], err = nb.Value(book.Metadata["reprise"])
	return err
}

// check is the command that verifies a file which holds the notebook; empty when none can.
func check(book *nb.Notebook, path string) string {
	if path == dash || wantGo(book, path) != nil {
		return ""
	}
	return "reprise verify " + quoted(filepath.Base(path))
}

// quoted is a word as shells read it.
func quoted(word string) string {
	if strings.ContainsAny(word, " '\"$`\\&|;<>()*?[]#~!") {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return word
}

// writeReport writes the kind of report that path's name says. The notebook is in the file source.
func writeReport(ctx context.Context, book *nb.Notebook, source, path string, o report.Options) error {
	var warnings []string
	var data []byte
	var err error
	switch strings.ToLower(filepath.Ext(path)) {
	case ".html", ".htm":
		o.Command = check(book, path)
		data, warnings = report.HTML(book, o)
	case ".pdf":
		o.Command, o.Paper = check(book, source), true
		data, warnings = report.HTML(book, o)
		data, err = report.PDF(ctx, data)
	case ".md":
		o.Command = check(book, source)
		data, warnings, err = writeMarkdown(book, path, o)
	}
	if err != nil {
		return fmt.Errorf("report %s: %w", path, err)
	}
	for _, w := range warnings {
		say("reprise: " + filepath.Base(path) + ": " + w)
	}
	return nb.WriteFile(path, data)
}

// writeMarkdown writes the images into a folder beside path and returns the text.
func writeMarkdown(book *nb.Notebook, path string, o report.Options) ([]byte, []string, error) {
	folder := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)) + "_files"
	data, files, warnings := report.Markdown(book, o, folder)
	if len(files) > 0 {
		if err := os.MkdirAll(filepath.Join(filepath.Dir(path), folder), 0o755); err != nil {
			return nil, nil, err
		}
	}
	var failed []error
	for name, content := range files {
		failed = append(failed, nb.WriteFile(filepath.Join(filepath.Dir(path), filepath.FromSlash(name)), content))
	}
	return data, warnings, errors.Join(failed...)
}

// title is the notebook's own, or its file's name.
func title(book *nb.Notebook, path string) string {
	if t, ok := book.Metadata["title"].(string); ok {
		return t
	}
	for _, c := range book.Cells {
		if c.Type != nb.Markdown {
			continue
		}
		for line := range strings.Lines(c.Source) {
			if h, ok := strings.CutPrefix(line, "# "); ok {
				return strings.TrimSpace(h)
			}
		}
	}
	if path == dash {
		return "Notebook"
	}
	return withExt(filepath.Base(path), "")
}

// withExt gives path another extension.
func withExt(path, ext string) string {
	return strings.TrimSuffix(path, filepath.Ext(path)) + ext
}
