package symbols

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"sort"
	"strings"
	"sync"

	"golang.org/x/tools/go/gcexportdata"
)

//go:embed data
var data embed.FS

const (
	typesSuffix = ".types.gz"
	docsSuffix  = ".docs.gz"
)

// An Importer reads the types and docs of preloaded packages, each when first asked
// for. Types of one Importer are identical to each other and to those of no other. It may be used from several goroutines.
type Importer struct {
	mu   sync.Mutex
	fset *token.FileSet
	pkgs map[string]*types.Package // complete ones, and those that a complete one mentions
	docs map[string]map[string]string
}

var _ types.Importer = (*Importer)(nil)

// NewImporter returns an Importer that has read nothing yet.
func NewImporter() *Importer {
	return &Importer{
		fset: token.NewFileSet(),
		pkgs: map[string]*types.Package{"unsafe": types.Unsafe},
		docs: map[string]map[string]string{},
	}
}

// Import returns the types of a preloaded package.
func (m *Importer) Import(path string) (*types.Package, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if p := m.pkgs[path]; p != nil && p.Complete() {
		return p, nil
	}
	raw, err := read(path + typesSuffix)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("package %q is not among the preloaded packages", path)
	}
	if err != nil {
		return nil, fmt.Errorf("symbols: types of %s: %w", path, err)
	}
	p, err := gcexportdata.Read(bytes.NewReader(raw), m.fset, m.pkgs, path)
	if err != nil {
		return nil, fmt.Errorf("symbols: types of %s: %w", path, err)
	}
	return p, nil
}

// Doc returns the doc comment of a symbol of a preloaded package: "Dense", "Dense.At" (a
// method, field or interface method), or "" for the package itself. Nothing known gives "".
func (m *Importer) Doc(path, symbol string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	docs, ok := m.docs[path]
	if !ok {
		if raw, err := read(path + docsSuffix); err == nil {
			// The generator's own JSON; were it broken, the test of every package would say so.
			_ = json.Unmarshal(raw, &docs)
		}
		m.docs[path] = docs
	}
	return docs[symbol]
}

// Paths returns the import paths of all preloaded packages, sorted.
func (m *Importer) Paths() []string { return paths() }

var paths = sync.OnceValue(func() []string {
	var found []string
	err := fs.WalkDir(data, "data", func(name string, _ fs.DirEntry, err error) error {
		if path, ok := strings.CutSuffix(name, typesSuffix); ok {
			found = append(found, strings.TrimPrefix(path, "data/"))
		}
		return err
	})
	if err != nil {
		panic("internal error: symbols: embedded data: " + err.Error())
	}
	sort.Strings(found)
	return found
})

func read(name string) ([]byte, error) {
	f, err := data.Open("data/" + name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}
