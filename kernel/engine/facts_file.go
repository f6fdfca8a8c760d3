package engine

import (
	"os"
	"path/filepath"
	"sync"
	"time"

	"reprise/kernel/ledger"
)

// files is what the session knows of the files that its cells used.
type files struct {
	mu     sync.Mutex
	hashes map[string]string // of the content as a cell last saw it, by absolute path
	cache  map[string]hashed
	own    map[string]bool // that cells have written
}

// hashed is a hash with what says that the file is still the same.
type hashed struct {
	size int64
	time time.Time
	hash string
}

// settled is how old a file has to be for its time to say that nobody has written it since: the
// clocks of file systems tick, and what is written twice in a tick has one time.
const settled = 2 * time.Second

func newFiles() *files {
	return &files{hashes: map[string]string{}, cache: map[string]hashed{}, own: map[string]bool{}}
}

// hash is ledger.FileDigest, without reading a file again that has not changed since.
func (fs *files) hash(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	if h := fs.cache[path]; h.hash != "" && h.size == info.Size() && h.time.Equal(info.ModTime()) {
		return h.hash
	}
	delete(fs.cache, path)
	old := time.Since(info.ModTime()) > settled // before it is read
	hash := ledger.FileDigest(path)
	if old {
		fs.cache[path] = hashed{info.Size(), info.ModTime(), hash}
	}
	return hash
}

// readFile notes that a cell is about to read a file. What cells have written is their own
// doing and no input, so it has no hash. Of all other files the content counts, never the time:
// one that a library has written unseen is known by what is in it, in every run alike.
func (rt *runtimeState) readFile(name, path string) {
	f := rt.facts()
	if f == nil {
		return
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	rt.files.mu.Lock()
	hash := rt.files.hash(abs)
	before, known := rt.files.hashes[abs]
	own := rt.files.own[abs]
	rt.files.hashes[abs] = hash
	rt.files.mu.Unlock()
	x := ledger.File{Path: rt.named(path), Hash: hash, Mode: ledger.ForReading}
	if own {
		x.Hash = ""
	}
	f.file(x)
	if known && before != "" && before != hash {
		rt.note(ledger.Changed, path)
	}
}

// writeFile notes that a cell is about to write a file.
func (rt *runtimeState) writeFile(path string) {
	if f := rt.facts(); f != nil {
		rt.files.forget(path, true) // what it will hold is the cells' own doing
		f.file(ledger.File{Path: rt.named(path), Mode: ledger.ForWriting})
	}
}

// moveFile notes that a cell is about to give a file another name: whose doing it is stays.
func (rt *runtimeState) moveFile(from, to string) {
	if f := rt.facts(); f != nil {
		rt.files.forget(to, rt.files.forget(from, false))
		f.file(ledger.File{Path: rt.named(to), Mode: ledger.ForWriting})
	}
}

// named is how the ledger calls a file: as the cell does, but from the folder in which the session
// began, wherever %cd has gone since. Whoever reads the ledger looks from there.
func (rt *runtimeState) named(path string) string {
	now, err := os.Getwd()
	if err != nil || now == rt.e.folder || rt.e.folder == "" || filepath.IsAbs(path) {
		return path
	}
	if rel, err := filepath.Rel(rt.e.folder, filepath.Join(now, path)); err == nil {
		return rel
	}
	return path
}

// forget drops what is known of a file's content, and says whether cells had written it; own is
// whether that counts from now on.
func (fs *files) forget(path string, own bool) (was bool) {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	fs.mu.Lock()
	defer fs.mu.Unlock()
	was = fs.own[abs]
	delete(fs.hashes, abs)
	delete(fs.cache, abs)
	delete(fs.own, abs)
	if own {
		fs.own[abs] = true
	}
	return was
}

// file adds a file, once for each mode.
func (f *facts) file(x ledger.File) {
	f.mu.Lock()
	defer f.mu.Unlock()
	key := x.Mode + " " + x.Path
	if _, known := f.files[key]; known || f.closed {
		return
	}
	if f.files == nil {
		f.files = map[string]int{}
	}
	f.files[key] = len(f.list.Files)
	f.list.Files = append(f.list.Files, x)
}
