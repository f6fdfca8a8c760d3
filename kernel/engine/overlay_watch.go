package engine

import (
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/traefik/yaegi/interp"

	"reprise/kernel/ledger"
)

// A watched row names functions of a compiled package whose calls stand in the ledger.
type watched struct {
	pkg   string // as the tables spell it: "crypto/rand/rand"
	funcs string
	see   func(rt *runtimeState, name string, args []reflect.Value)
}

// watchTable is everything that a cell can learn from outside by calling a function. Methods,
// and what leaves the process, are found in the text (package cell, hazard.go); nnlib's own files come
// by Engine.ReadsFile.
var watchTable = []watched{
	{"time/time", "Now Since Until", noting(ledger.Clock)},
	{"crypto/rand/rand", "Read Int Prime Text", noting(ledger.Entropy)},
	{"hash/maphash/maphash", "MakeSeed String Bytes Comparable", noting(ledger.Entropy)},
	{"os/os", "Environ Hostname Getpid Getppid Getuid Geteuid Getgid UserHomeDir UserCacheDir UserConfigDir TempDir MkdirTemp CreateTemp Executable", noting(ledger.Env)},
	{"os/os", "Getenv LookupEnv", seeGetenv},
	{"os/os", "Setenv", seeSetenv},
	{"os/user/user", "Current Lookup LookupId", noting(ledger.Env)},
	{"runtime/runtime", "NumCPU GOMAXPROCS Version ReadMemStats", noting(ledger.Env)},
	{"runtime/debug/debug", "ReadBuildInfo ReadGCStats", noting(ledger.Env)},
	{"os/os", "Open ReadFile", seeRead},
	{"io/ioutil/ioutil", "ReadFile", seeRead},
	{"reprise/dataframe/dataframe", "ReadCSVFile", seeRead},
	{"reprise/nnlib/datasets/datasets", "CSV IDX NPZ", seeRead},
	{"reprise/nnlib/datasets/datasets", "MNIST", seeReadFolder},
	{"reprise/nnlib/npz/npz", "ReadFile", seeRead},
	{"reprise/nnlib/experiment/experiment", "LoadEnsemble", seeReadFolder},
	{"os/os", "Create WriteFile Remove Truncate", seeWrite},
	{"io/ioutil/ioutil", "WriteFile", seeWrite},
	{"reprise/dataframe/dataframe", "WriteCSVFile", seeWrite},
	{"reprise/nnlib/npz/npz", "WriteFile", seeWrite},
	{"os/os", "OpenFile", seeOpenFile},
	{"os/os", "Rename", seeRename},
}

// watches are the functions of the table, wrapped, where the session has them.
func (rt *runtimeState) watches() interp.Exports {
	wrapped := interp.Exports{}
	for _, row := range watchTable {
		for _, name := range strings.Fields(row.funcs) {
			f, ok := rt.e.exported(row.pkg, name)
			if !ok || f.Kind() != reflect.Func {
				continue
			}
			if wrapped[row.pkg] == nil {
				wrapped[row.pkg] = map[string]reflect.Value{}
			}
			wrapped[row.pkg][name] = watchCalls(f, func(args []reflect.Value) { row.see(rt, shortPath(row.pkg)+"."+name, args) })
		}
	}
	if r, ok := rt.e.exported("crypto/rand/rand", "Reader"); ok {
		if source, ok := r.Interface().(io.Reader); ok {
			var reader io.Reader = watchedReader{rt, source}
			wrapped["crypto/rand/rand"]["Reader"] = reflect.ValueOf(&reader).Elem()
		}
	}
	return wrapped
}

// exported is a symbol of the session's tables; the last table that has it counts.
func (e *Engine) exported(pkg, name string) (v reflect.Value, ok bool) {
	for _, x := range e.config.Exports {
		if f, has := x[pkg][name]; has {
			v, ok = f, true
		}
	}
	return v, ok
}

// shortPath is the name of the package in cells: the last element, which the tables write
// twice. The two packages rand must not be taken for each other.
func shortPath(pkg string) string {
	if pkg == "crypto/rand/rand" {
		return "crypto/rand"
	}
	return pkg[strings.LastIndexByte(pkg, '/')+1:]
}

// watchCalls is f that tells of its calls first.
func watchCalls(f reflect.Value, see func(args []reflect.Value)) reflect.Value {
	variadic := f.Type().IsVariadic()
	return reflect.MakeFunc(f.Type(), func(args []reflect.Value) []reflect.Value {
		see(args)
		if variadic {
			return f.CallSlice(args)
		}
		return f.Call(args)
	})
}

// watchedReader is crypto/rand.Reader.
type watchedReader struct {
	rt     *runtimeState
	source io.Reader
}

func (r watchedReader) Read(p []byte) (int, error) {
	r.rt.note(ledger.Entropy, "crypto/rand.Reader")
	return r.source.Read(p)
}

// noting is a row that notes the call.
func noting(kind string) func(*runtimeState, string, []reflect.Value) {
	return func(rt *runtimeState, name string, _ []reflect.Value) { rt.note(kind, name) }
}

// seeGetenv: what the session itself has set is no news from outside.
func seeGetenv(rt *runtimeState, name string, args []reflect.Value) {
	if key := args[0].String(); !rt.e.knowsEnv(key) {
		rt.note(ledger.Env, name+"("+key+")")
	}
}

func seeSetenv(rt *runtimeState, _ string, args []reflect.Value) { rt.e.setsEnv(args[0].String()) }

func seeRead(rt *runtimeState, name string, args []reflect.Value) {
	rt.readFile(name, args[0].String())
}

// seeReadFolder is for functions that read what they find in a folder.
func seeReadFolder(rt *runtimeState, name string, args []reflect.Value) {
	folder := args[0].String()
	entries, err := os.ReadDir(folder)
	if err != nil {
		rt.readFile(name, folder) // the function will say what is wrong with it
		return
	}
	for _, e := range entries {
		if e.Type().IsRegular() {
			rt.readFile(name, filepath.Join(folder, e.Name()))
		}
	}
}

func seeWrite(rt *runtimeState, _ string, args []reflect.Value) { rt.writeFile(args[0].String()) }

func seeRename(rt *runtimeState, _ string, args []reflect.Value) {
	rt.moveFile(args[0].String(), args[1].String())
}

func seeOpenFile(rt *runtimeState, name string, args []reflect.Value) {
	if flag := args[1].Int(); flag&int64(os.O_WRONLY|os.O_RDWR) != 0 {
		rt.writeFile(args[0].String())
		return
	}
	rt.readFile(name, args[0].String())
}

// facts are those of the cell that the calling goroutine belongs to.
func (rt *runtimeState) facts() *facts {
	if r := rt.mine(); r != nil {
		return r.facts
	}
	return nil
}

// note adds a note at the place where the program is.
func (rt *runtimeState) note(kind, name string) {
	f := rt.facts()
	if f == nil {
		return
	}
	n := ledger.Note{Kind: kind, Name: name}
	line, _ := rt.marks()
	if p, ok := rt.e.pkg.PlaceOf(line); ok {
		n.Line, n.In = p.Line, p.Cell
	}
	f.note(n, false)
}

// knowsEnv says whether a cell of this session has set an environment variable.
func (e *Engine) knowsEnv(key string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.env[key]
}

func (e *Engine) setsEnv(key string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.env == nil {
		e.env = map[string]bool{}
	}
	e.env[key] = true
}
