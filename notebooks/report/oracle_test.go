//go:build oracle

package report_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"reprise/notebooks/nb"
	"reprise/notebooks/report"
)

// Chromium, without a network, shows the report and complains of nothing; axe neither.
// REPRISE_PYTHON names a Python that has playwright and axe-playwright-python.
func TestInChromium(t *testing.T) {
	python := os.Getenv("REPRISE_PYTHON")
	if python == "" {
		t.Fatal("REPRISE_PYTHON is not set")
	}
	shots := t.TempDir()
	if keep := os.Getenv("REPRISE_SCREENSHOTS"); keep != "" {
		shots = keep
	}
	path := filepath.Join(t.TempDir(), "report.html")
	if err := nb.WriteFile(path, everything(t)); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, "testdata/browser.py", path, shots).CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
}

// The report of a large notebook beside nbconvert's: size, what the page asks the network
// for, time. The size is held to; the times are printed. One command:
// REPRISE_PYTHON=... go test -tags oracle ./notebooks/report -run TestBesideNbconvert -v
func TestBesideNbconvert(t *testing.T) {
	python := os.Getenv("REPRISE_PYTHON")
	if python == "" {
		t.Fatal("REPRISE_PYTHON is not set")
	}
	n, content := large()
	n.Upgrade()
	folder := t.TempDir()
	if err := n.WriteFile(filepath.Join(folder, "large.ipynb")); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	page, _ := report.HTML(n, report.Options{})
	ours := time.Since(began)
	began = time.Now()
	c := exec.Command(python, "-m", "nbconvert", "--to", "html", "--embed-images", "large.ipynb")
	c.Dir = folder
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	theirs := time.Since(began)
	other, err := os.ReadFile(filepath.Join(folder, "large.html"))
	if err != nil {
		t.Fatal(err)
	}
	asks := regexp.MustCompile(`<(?:script|link|img)[^>]+(?:src|href)="https?:`)
	row := func(name string, page []byte, took time.Duration) {
		t.Logf("%-10s %6.2f s %6.2f MB, %.2f of images and text, %d requests", name, took.Seconds(), float64(len(page))/1e6, float64(len(page))/float64(content), len(asks.FindAll(page, -1)))
	}
	row("reprise", page, ours)
	row("nbconvert", other, theirs)
	if float64(len(page)) > 1.2*float64(content) || asks.Match(page) {
		t.Errorf("%d bytes for %d of images and text, %d requests", len(page), content, len(asks.FindAll(page, -1)))
	}
}

func TestPDF(t *testing.T) {
	pdf, err := report.PDF(t.Context(), everything(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(pdf) < 10_000 || string(pdf[:5]) != "%PDF-" {
		t.Errorf("%d bytes that begin with %q", len(pdf), pdf[:5])
	}
	if again, err := report.PDF(t.Context(), everything(t)); err != nil || !bytes.Equal(again, pdf) {
		t.Errorf("printed again, the file has other bytes (%v)", err)
	}
	for _, odd := range []string{"Date (D:", "file://"} { // two prints in one second have the same date
		if at := bytes.Index(pdf, []byte(odd)); at >= 0 {
			t.Errorf("it has %q", pdf[at:at+40])
		}
	}
	if !bytes.Contains(pdf, []byte("/URI (https://example.com/)")) {
		t.Error("its link is gone")
	}
}

// everything is a page with all that a page can have.
func everything(t *testing.T) []byte {
	t.Helper()
	plot := `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100" viewBox="0 0 300 100"><title>loss by epoch</title><path d="M0 0 L300 100" stroke="#1f77b4" fill="none"/><text x='5' y="90" font-family="'Liberation Sans'">50% &amp; "more"</text></svg>`
	table := `<table border="1" class="dataframe"><caption>Scores</caption><thead><tr style="text-align: right;"><th></th><th>theano</th><th>tensorflow</th></tr></thead><tbody><tr><th>0</th><td>0.00036</td><td>0.00042</td></tr><tr><th>1</th><td>0.00051</td><td>0.00055</td></tr></tbody></table><p>2 rows × 2 columns</p>`
	n := book(
		text("# Everything\n\nText with `code`, [a link](https://example.com), [a file](other.ipynb), $\\hat m_t = \\frac{m_t}{1-\\beta_1^t}$ and\n\n$$\n\\mathrm{MSE} = \\frac{1}{n} \\sum_{i=1}^n (y_i - \\hat y_i)^2\n$$\n\n> quoted\n\n|a|b|\n|--|--:|\n|1|2|\n\n- [x] done\n\n```go\nfor i := range 10 { fmt.Println(i) } // comment\n```\n\nA note[^1].\n\n[^1]: The note."),
		text("## Outputs"),
		code("%seed 1\nmodel := nnlib.NewSequential()\nmodel.Add(&nnlib.Dense{Units: 10, InputDim: 1}) // a comment\nif x := \"text\"; x != `raw` { panic(1.5e3) }",
			stream("plain\n\x1b[31mred\x1b[0m \x1b[32mgreen\x1b[0m \x1b[33myellow\x1b[0m \x1b[34mblue\x1b[0m \x1b[35mmagenta\x1b[0m \x1b[36mcyan\x1b[0m \x1b[37mwhite\x1b[0m \x1b[90mgrey\x1b[0m \x1b[41mon red\x1b[0m \x1b[7mswapped\x1b[0m\n"+
				"a very long line that will not fit on a narrow screen 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789\n"),
			&nb.Output{Type: nb.Stream, Name: "stderr", Text: "a warning\n"}),
		code("df", show(map[string]any{"text/html": table, "text/plain": "df"})),
		code("plot", show(map[string]any{"image/svg+xml": plot, "text/plain": "<plot>"})),
		code("dot", show(map[string]any{"image/png": png, "text/plain": "a red dot"})),
		code("bad()", &nb.Output{Type: nb.Error, EName: "Panic", Traceback: []string{"\x1b[1;31mPanic\x1b[0m: index out of range", "\x1b[36mcell [3], line 1\x1b[0m", "    1 | bad()", "      | \x1b[1;31m^\x1b[0m"}}),
		tagged(code("hidden := 1", stream("folded")), "hide-input", "hide-output"),
		code("long()", stream(strings.Repeat("one of many lines\n", 60))),
		text("### A third level\n\nThe end."),
	)
	n.Metadata["language_info"] = map[string]any{"name": "go", "version": "1.26"}
	page, warnings := report.HTML(n, report.Options{Command: "reprise verify everything.html"})
	if len(warnings) > 0 {
		t.Errorf("warnings %q", warnings)
	}
	return page
}
