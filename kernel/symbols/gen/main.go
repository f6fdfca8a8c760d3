// Command gen writes what kernel/symbols holds about the preloaded packages: yaegi's
// tables as Go source, one directory per group, and types and docs as compressed data.
//
//	go run ./kernel/symbols/gen          everything
//	go run ./kernel/symbols/gen -own     only the packages of this module
//	go run ./kernel/symbols/gen -o DIR   into DIR instead of kernel/symbols
//
// It asks the go command for compiled packages and needs no network. What it writes depends only
// on the packages' sources, so a test can regenerate and compare.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	own := flag.Bool("own", false, "only the packages of this module")
	out := flag.String("o", "kernel/symbols", "the directory to write")
	flag.Parse()
	if err := generate(*out, *own); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func generate(out string, ownOnly bool) error {
	var errs []error
	stale := filepath.Join(out, "data")
	if ownOnly {
		stale = filepath.Join(stale, "reprise") // the stand-ins lie elsewhere, and never go stale: they are written anew
	}
	if err := os.RemoveAll(stale); err != nil {
		return err
	}
	for _, g := range groups {
		if ownOnly && g.name != "own" {
			continue
		}
		paths, err := g.paths()
		if err != nil {
			return err
		}
		pkgs, err := load(paths)
		if err != nil {
			errs = append(errs, err)
		}
		if err := g.write(out, pkgs); err != nil {
			return err
		}
	}
	return errors.Join(errs...)
}

// write writes the group's table package and its packages' data; files that it did not write are removed from the table package.
func (g group) write(out string, pkgs []*pkg) error {
	files := map[string][]byte{}
	var tables []tableRef
	for _, p := range pkgs {
		src, ref, err := table(g.name, p, g.known)
		if err != nil {
			return fmt.Errorf("%s: %w", p.path, err)
		}
		if src != nil {
			files[filepath.Join(g.name, ref.file)] = src
			tables = append(tables, ref)
		}
		typeData, err := typesData(p)
		if err != nil {
			return fmt.Errorf("%s: %w", p.path, err)
		}
		docData, err := docsData(p)
		if err != nil {
			return fmt.Errorf("%s: %w", p.path, err)
		}
		files[filepath.Join("data", filepath.FromSlash(p.path)+".types.gz")] = typeData
		files[filepath.Join("data", filepath.FromSlash(p.path)+".docs.gz")] = docData
	}
	if g.name == "std" {
		p, err := builtin()
		if err != nil {
			return err
		}
		if files[filepath.Join("data", "builtin.docs.gz")], err = docsData(p); err != nil {
			return err
		}
	}
	list, err := tableList(g, tables)
	if err != nil {
		return err
	}
	files[filepath.Join(g.name, "tables.go")] = list
	return writeAll(out, g.name, files)
}

func writeAll(out, groupDir string, files map[string][]byte) error {
	old, err := filepath.Glob(filepath.Join(out, groupDir, "*.go"))
	if err != nil {
		return err
	}
	for _, name := range old {
		rel, err := filepath.Rel(out, name)
		if err != nil {
			return err
		}
		if _, keep := files[rel]; !keep {
			if err := os.Remove(name); err != nil {
				return err
			}
		}
	}
	for name, data := range files {
		name = filepath.Join(out, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(name, data, 0o666); err != nil {
			return err
		}
	}
	return nil
}
