package ledger

import (
	"crypto/sha256"
	"encoding/hex"
)

// A Record is one execution of a cell, or, with a Lock, the beginning of a session.
type Record struct {
	Seq  int    `json:"seq"`            // place in the chain, from 1
	Prev string `json:"prev,omitempty"` // hash of the record before

	Lock *Lock `json:"lock,omitempty"` // what a session is run with; such a record has no cell

	Name   string `json:"name,omitempty"`   // as errors show it: "cell [3]"
	Cell   string `json:"cell,omitempty"`   // the notebook's cell id
	Source string `json:"source,omitempty"` // hash of the cell's text
	Status string `json:"status,omitempty"` // OK, or the name of the fault that ended it
	Output string `json:"output,omitempty"` // Outputs.Sum of what it showed
	// Terminal is Outputs.Terminal, when that is another: JupyterLab saves streams so.
	Terminal string   `json:"terminal,omitempty"`
	Changed  []Change `json:"changed,omitempty"` // cells whose displays it has updated, by id

	Facts

	Hash     string    `json:"hash,omitempty"`
	Volatile *Volatile `json:"volatile,omitempty"`
}

// OK is the status of a cell that ran to its end.
const OK = "ok"

// A Change is what another cell shows now.
type Change struct {
	Cell     string `json:"cell,omitempty"`
	Source   string `json:"source,omitempty"` // hash of its text, where the client told no id
	Output   string `json:"output,omitempty"`
	Terminal string `json:"terminal,omitempty"`
}

// Facts are what the engine states of an execution.
type Facts struct {
	// Seed is the seed in force when the cell began; Roots are those that it set, in
	// order, by %seed, %%seed or nnlib.Seed.
	Seed    uint64   `json:"seed,omitempty,string"`
	Roots   []string `json:"roots,omitempty"`
	Entropy []string `json:"entropy,omitempty"` // seeds that %seed random took; replaying gives them again
	Answers []string `json:"answers,omitempty"` // to questions of the cell; passwords as ""

	Draws []Draw `json:"draws,omitempty"` // by stream, folded
	Files []File `json:"files,omitempty"` // in the order of first use
	Notes []Note `json:"notes,omitempty"` // what the same cell may do otherwise next time
	// Chance says that the cell has Notes, or builds on a value of one that has. What it
	// draws, uses and trains is then another in each run, and stands in Volatile.
	Chance   bool     `json:"chance,omitempty"`
	Packages []string `json:"packages,omitempty"` // import paths that the cell uses, sorted
	// Modules are the versions of those that the session had fetched when the cell fetched one;
	// what they need themselves follows from them.
	Modules map[string]string `json:"modules,omitempty"`
	Fits    []Fit             `json:"fits,omitempty"` // trainings, in order

	// The cell's part in the flow of values. Reads maps each package-level name that it
	// used, directly or through functions of cells, to the version that it saw; Writes
	// are the names that it gave a value. Version is that value's: a hash of the text,
	// of what was read, of the seed and of where the streams stood. The same version
	// is the same value, unless Notes say otherwise.
	Reads   map[string]string `json:"reads,omitempty"`
	Writes  []string          `json:"writes,omitempty"`
	Version string            `json:"version,omitempty"`
}

// A Draw counts what was taken from a stream, in 32-bit words. A folded one stands for
// several streams whose names differ in one number: "run/{1..30}/shuffle" with 20 means
// 20 words from each. Fold and Unfold know the form.
type Draw struct {
	Stream string `json:"stream"`
	Draws  uint64 `json:"draws"`
}

// A File is a file that the cell used, as it was when the cell first read it.
type File struct {
	Path string `json:"path"` // as the cell named it
	// Hash is that of the content; empty when the file could not be read, and for what the
	// session itself has written.
	Hash string `json:"hash,omitempty"`
	Mode string `json:"mode"` // ForReading or ForWriting
}

// Modes of a File.
const (
	ForReading = "read"
	ForWriting = "write"
)

// A Fit is one training, as package nnlib/trace saw it: two with one digest went the same
// way. When a cell has many, the last one stands for the rest of them.
type Fit struct {
	Model  string `json:"model,omitempty"` // its name in streams: "model/1"
	Steps  int    `json:"steps"`           // batches done
	Digest string `json:"digest"`          // of many: the hash of theirs
	// Batches are the steps of an epoch. Checks, a few hundred bytes, are hashes of the losses,
	// draws and weights at up to 17 steps, as trace.Checks.Text writes them: with those of
	// another run they tell between which steps the two parted.
	Batches int    `json:"batches,omitempty"`
	Checks  string `json:"checks,omitempty"`
	Count   int    `json:"count,omitempty"` // of many
}

// A Volatile is what no two runs have in common. It enters no hash but Sum.
type Volatile struct {
	Started string   `json:"started,omitempty"` // RFC 3339
	Micros  int64    `json:"micros,omitempty"`  // duration
	Roots   []string `json:"roots,omitempty"`   // of a cell with Chance, as are the next three
	Draws   []Draw   `json:"draws,omitempty"`
	Files   []File   `json:"files,omitempty"`
	Fits    []Fit    `json:"fits,omitempty"`
	Running int      `json:"running,omitempty"` // goroutines that the cell left running, as far as a moment's wait told
	Machine *Machine `json:"machine,omitempty"` // in the record that opens a session
	Sum     string   `json:"sum,omitempty"`     // SHA-256(record's hash, canonical text of the above)
}

// hash is that of the record's content.
func (r *Record) hash() string {
	bare := *r
	bare.Hash, bare.Volatile = "", nil
	return digest(Canonical(bare))
}

// sum is that of the volatile part.
func (r *Record) sum() string {
	bare := *r.Volatile
	bare.Sum = ""
	return digest([]byte(r.Hash), Canonical(bare))
}

// Digest is the hash of a text, such as a cell's.
func Digest(text string) string { return digest([]byte(text)) }

func digest(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p)
	}
	return hex.EncodeToString(h.Sum(nil))
}
