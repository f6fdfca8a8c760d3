package modules

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Cached proposes how a query goes on, by what lies in the module cache: folders of modules, which
// end in a slash, modules, and behind an @ the versions.
func Cached(ctx context.Context, typed string) []string {
	out, err := exec.CommandContext(ctx, "go", "env", "GOMODCACHE").Output()
	if err != nil {
		return nil
	}
	root := filepath.Join(strings.TrimSpace(string(out)), "cache", "download")
	if path, _, ok := strings.Cut(typed, "@"); ok {
		return versions(root, path)
	}
	dir, base := "", typed
	if i := strings.LastIndexByte(typed, '/'); i >= 0 {
		dir, base = typed[:i+1], typed[i+1:]
	}
	entries, err := os.ReadDir(filepath.Join(root, filepath.FromSlash(escape(dir))))
	if err != nil {
		return nil
	}
	var found []string
	for _, e := range entries {
		name := unescape(e.Name())
		if !e.IsDir() || !strings.HasPrefix(name, base) || strings.HasPrefix(name, "@") || dir == "" && !strings.Contains(name, ".") {
			continue
		}
		below, err := os.ReadDir(filepath.Join(root, filepath.FromSlash(escape(dir)), e.Name()))
		if err != nil {
			continue
		}
		for _, b := range below {
			if b.Name() == "@v" {
				found = append(found, dir+name+"@")
			} else if b.IsDir() && !slices.Contains(found, dir+name+"/") {
				found = append(found, dir+name+"/")
			}
		}
	}
	return found
}

// versions are those that lie in the cache whole, the last ones first.
func versions(root, path string) []string {
	zips, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(escape(path)), "@v", "*.zip"))
	if err != nil {
		return nil
	}
	slices.Reverse(zips)
	for i, z := range zips {
		zips[i] = path + "@" + unescape(strings.TrimSuffix(filepath.Base(z), ".zip"))
	}
	return zips
}

// escape spells a path as the module cache does, for file systems that do not tell case.
func escape(path string) string {
	var b strings.Builder
	for _, r := range path {
		if 'A' <= r && r <= 'Z' {
			b.WriteByte('!')
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

func unescape(name string) string {
	var b strings.Builder
	upper := false
	for _, r := range name {
		switch {
		case r == '!':
			upper = true
			continue
		case upper:
			r += 'A' - 'a'
		}
		upper = false
		b.WriteRune(r)
	}
	return b.String()
}
