package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"reprise/kernel/ledger"
	"reprise/notebooks/nb"
	"reprise/notebooks/report"
)

// target is the file that the notebook is written to.
func (j runJob) target() string {
	if j.output != "" {
		return j.output
	}
	return j.path
}

// reportPath is the file that the report is written to; empty for none.
func (j runJob) reportPath(output string) string {
	switch {
	case j.report == "none" || j.report == "" && isStream(output):
		return ""
	case j.report != "":
		return j.report
	}
	return withExt(output, ".html")
}

// check refuses, before any cell runs, what could not be done after the last one.
func (j runJob) check() error {
	if err := wantTimeout(j.timeout); err != nil {
		return err
	}
	output := j.target()
	if len(j.params) > 0 && output == j.path && j.path != dash {
		return fmt.Errorf("-p inserts a cell: say with -o where the result goes")
	}
	if !isStream(output) {
		if err := nb.Writable(output); err != nil {
			return fmt.Errorf("%w; say with -o where the result goes", err)
		}
	}
	page := j.reportPath(output)
	if page == "" {
		return nil
	}
	if filepath.Clean(page) == filepath.Clean(output) {
		return fmt.Errorf("%s: the report would be written over the notebook; end the notebook's name in .ipynb, or say with --report where the report goes", output)
	}
	return wantReport(page)
}

// write puts the notebook where it belongs, says where that is, and returns it.
func (j runJob) write(book *nb.Notebook, before []byte) (string, error) {
	book.Upgrade()
	output := j.target()
	if output == dash {
		var out printed
		out.Write(book.Encode())
		return output, out.failed()
	}
	if now, err := os.ReadFile(j.path); output == j.path && err == nil && !bytes.Equal(now, before) {
		output = withExt(j.path, ".executed.ipynb")
		say(fmt.Sprintf("reprise: %s was changed by another program while it ran", j.path))
	}
	if err := book.WriteFile(output); err != nil {
		return output, err
	}
	j.wrote(output, output)
	return output, nil
}

func (j runJob) writeReport(book *nb.Notebook, output string) error {
	page := j.reportPath(output)
	if page == "" {
		return nil
	}
	records, err := ledger.Load(book.Metadata)
	if err != nil {
		return err
	}
	o := report.Options{Title: title(book, output), Folder: filepath.Dir(j.path), Ledger: records}
	if err := writeReport(context.Background(), book, output, page, o); err != nil {
		return err
	}
	j.wrote(page, output)
	return nil
}

// wrote says what was written, on standard error when the notebook itself may go to standard output.
func (j runJob) wrote(path, output string) {
	if isStream(output) {
		say("wrote " + path)
		return
	}
	fmt.Println("wrote " + path)
}
