package report

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"reprise/notebooks/nb"
)

// The notebook stands at the end of its report, compressed, in an element that browsers
// do not show. Images are not repeated: where the page has an image's data, the notebook
// holds a reference by digest.

const (
	embedOpen  = `<template id="reprise-notebook" data-type="application/x-ipynb+json" data-encoding="gzip, base64">`
	embedClose = `</template>`
	refKey     = "reprise.image" // {"reprise.image": SHA-256 of the base64 text, "tail": white space after it}
)

func embed(book *nb.Notebook, page string) string {
	shown := images(page)
	copied, err := nb.Decode(book.Encode())
	if err != nil {
		panic("internal error: report: a notebook that was written cannot be read: " + err.Error())
	}
	eachBundle(copied, func(data map[string]any) {
		for mime, v := range data {
			s, ok := v.(string)
			base := strings.TrimRight(s, "\n")
			if ok && strings.HasPrefix(mime, "image/") && shown[digest(base)] == base && base != "" {
				data[mime] = map[string]any{refKey: digest(base), "tail": s[len(base):]}
			}
		}
	})
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is valid
	w.Write(copied.Encode())                              // into memory
	w.Close()
	return embedOpen + base64.StdEncoding.EncodeToString(b.Bytes()) + embedClose + "\n"
}

// Extract returns the notebook that HTML put into a report.
func Extract(page []byte) (*nb.Notebook, error) {
	_, rest, found := bytes.Cut(page, []byte(embedOpen))
	packed, _, closed := bytes.Cut(rest, []byte(embedClose))
	if !found || !closed {
		return nil, errors.New("no notebook inside; want a report written by `reprise report` or `reprise run`")
	}
	book, err := unpack(packed)
	if err != nil {
		return nil, fmt.Errorf("the notebook inside is damaged: %w", err)
	}
	shown := images(string(page))
	eachBundle(book, func(data map[string]any) {
		for mime, v := range data {
			ref, ok := v.(map[string]any)
			sum, isRef := ref[refKey].(string)
			if !ok || !isRef {
				continue
			}
			text, there := shown[sum]
			if !there {
				err = fmt.Errorf("the image %s that the notebook inside refers to is not in the page", sum)
			}
			tail, _ := ref["tail"].(string)
			data[mime] = text + tail
		}
	})
	return book, err
}

func unpack(packed []byte) (*nb.Notebook, error) {
	data, err := base64.StdEncoding.DecodeString(string(packed))
	if err != nil {
		return nil, err
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return nb.Decode(plain)
}

// images are the page's images by digest.
func images(page string) map[string]string {
	shown := map[string]string{}
	for rest := page; ; {
		_, after, found := strings.Cut(rest, "src='data:image/")
		if !found {
			return shown
		}
		url, behind, closed := strings.Cut(after, "'")
		if !closed {
			return shown
		}
		if kind, data, ok := strings.Cut(url, ";base64,"); ok && !strings.ContainsAny(kind, "<> ,;") {
			shown[digest(data)] = data
		}
		rest = behind
	}
}

func digest(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }

// eachBundle visits the MIME bundles of outputs and attachments.
func eachBundle(book *nb.Notebook, visit func(map[string]any)) {
	for _, c := range book.Cells {
		for _, a := range c.Attachments {
			if bundle, ok := a.(map[string]any); ok {
				visit(bundle)
			}
		}
		for _, out := range c.Outputs {
			if out.Data != nil {
				visit(out.Data)
			}
		}
	}
}
