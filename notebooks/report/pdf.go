package report

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// browsers can print to PDF; the first one on PATH is taken.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"}

// ErrNoBrowser says that nothing on this machine can print the page.
var ErrNoBrowser = errors.New("a PDF needs Chromium, Chrome or Edge on PATH; without one, open the HTML report in a browser and print it")

// pdfDeadline is for a browser that hangs; a long report takes seconds.
const pdfDeadline = 2 * time.Minute

// PDF prints the page with Chromium. One release of the browser prints the same page to
// the same bytes: what it writes by the clock or by chance is made good.
func PDF(ctx context.Context, page []byte) ([]byte, error) {
	browser, err := findBrowser()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "reprise-pdf-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	in, out := filepath.Join(dir, "report.html"), filepath.Join(dir, "report.pdf")
	if err := os.WriteFile(in, alone(page), 0o600); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, pdfDeadline)
	defer cancel()
	args := []string{"--headless", "--disable-gpu", "--no-first-run", "--user-data-dir=" + filepath.Join(dir, "profile"),
		"--no-pdf-header-footer", "--print-to-pdf=" + out, fileURL(in)}
	if os.Geteuid() == 0 {
		args = append([]string{"--no-sandbox"}, args...) // Chromium's sandbox refuses root
	}
	said, err := exec.CommandContext(ctx, browser, args...).CombinedOutput()
	pdf, readErr := os.ReadFile(out)
	if readErr != nil {
		return nil, fmt.Errorf("%s printed nothing: %w: %s", browser, errors.Join(err, ctx.Err()), lastLine(said))
	}
	return steady(pdf), nil
}

func findBrowser() (string, error) {
	for _, name := range browsers {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNoBrowser
}

func fileURL(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/… on Windows
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

func lastLine(said []byte) string {
	lines := strings.Split(strings.TrimSpace(string(said)), "\n")
	return lines[len(lines)-1]
}
