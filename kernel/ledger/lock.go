package ledger

import (
	"fmt"
	"maps"
	"slices"
)

// A Lock is what results depend on besides the notebook. It is the same on every
// machine: bits must not depend on the machine.
type Lock struct {
	Language  string            `json:"language,omitempty"`  // the Go that cells are written in: "1.26"
	Modules   map[string]string `json:"modules,omitempty"`   // versions of the modules that cells see
	Algorithm int               `json:"algorithm,omitempty"` // nnlib's; raised when the same seed gives other numbers
	Canary    string            `json:"canary,omitempty"`    // digest of the arithmetic's answers to fixed questions
}

// A Machine is where and by what a session was run. It must not matter.
type Machine struct {
	Program string `json:"program,omitempty"` // version of reprise
	Go      string `json:"go,omitempty"`      // toolchain: "go1.26.8"
	OS      string `json:"os,omitempty"`
	Arch    string `json:"arch,omitempty"`
	CPU     string `json:"cpu,omitempty"` // vector features in use
	Threads int    `json:"threads,omitempty"`
	Host    string `json:"host,omitempty"`
}

// Differences names what differs between two locks, in sentences.
func (l *Lock) Differences(other *Lock) []string {
	var list []string
	say := func(what, a, b string) {
		if a != b {
			list = append(list, fmt.Sprintf("%s: %s, now %s", what, orNone(a), orNone(b)))
		}
	}
	say("Go of the cells", l.Language, other.Language)
	all := maps.Clone(l.Modules)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, other.Modules)
	for _, m := range slices.Sorted(maps.Keys(all)) {
		say(m, l.Modules[m], other.Modules[m])
	}
	say("algorithm of nnlib", fmt.Sprint(l.Algorithm), fmt.Sprint(other.Algorithm))
	say("canary of the arithmetic", l.Canary, other.Canary)
	return list
}

// Differences names what differs between two machines, in sentences.
func (m *Machine) Differences(other *Machine) []string {
	var list []string
	say := func(what, a, b string) {
		if a != b {
			list = append(list, fmt.Sprintf("%s: %s, now %s", what, orNone(a), orNone(b)))
		}
	}
	say("reprise", m.Program, other.Program)
	say("Go", m.Go, other.Go)
	say("system", m.OS+"/"+m.Arch, other.OS+"/"+other.Arch)
	say("CPU features", m.CPU, other.CPU)
	say("threads", fmt.Sprint(m.Threads), fmt.Sprint(other.Threads))
	return list
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
