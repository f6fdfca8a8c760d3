package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
	"unicode/utf8"
)

func loadMagic() Magic {
	return Magic{
		Name:  "load",
		Usage: "file or URL",
		Doc:   "Put a file's text into this cell, in place of the magic.",
		Run:   runLoad,
	}
}

const (
	loadLimit   = 1 << 20 // bytes; a cell is not meant for more
	loadTimeout = 30 * time.Second
)

func runLoad(ctx context.Context, c *Call) (Outcome, error) {
	name := strings.Trim(c.Args, `"'`)
	if name == "" {
		return Outcome{}, c.misuse("%%load wants a file or a URL: %%load helpers.go")
	}
	text, err := readText(ctx, name)
	if err != nil {
		return Outcome{}, c.misuse("%%load: %v", err)
	}
	c.Out.SetNextInput("// %load "+name+"\n"+text, true)
	return Outcome{}, nil
}

func readText(ctx context.Context, name string) (string, error) {
	open := openFile
	if strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://") {
		open = openURL
	}
	ctx, cancel := context.WithTimeout(ctx, loadTimeout)
	defer cancel()
	r, err := open(ctx, name)
	if err != nil {
		return "", err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, loadLimit+1))
	switch {
	case err != nil:
		return "", err
	case len(data) > loadLimit:
		return "", fmt.Errorf("%s is larger than %d bytes", name, loadLimit)
	case !utf8.Valid(data):
		return "", errors.New(name + " is no text in UTF-8")
	}
	return string(data), nil
}

func openFile(_ context.Context, name string) (io.ReadCloser, error) {
	path, err := expandHome(name)
	if err != nil {
		return nil, err
	}
	return os.Open(path)
}

func openURL(ctx context.Context, url string) (io.ReadCloser, error) {
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	r, err := http.DefaultClient.Do(q)
	if err != nil {
		return nil, err
	}
	if r.StatusCode != http.StatusOK {
		r.Body.Close()
		return nil, fmt.Errorf("%s: %s", url, r.Status)
	}
	return r.Body, nil
}
