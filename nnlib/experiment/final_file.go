package experiment

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"reprise/nnlib"
)

const (
	ensembleFile   = "ensemble.json"
	ensembleFormat = "reprise ensemble 1"
)

// savedEnsemble is ensemble.json: the lock of the models beside it.
type savedEnsemble struct {
	Format  string        `json:"format"`
	Name    string        `json:"name,omitempty"`
	Seed    uint64        `json:"seed"`
	Lock    string        `json:"lock"`
	Source  string        `json:"source,omitempty"`
	Expect  string        `json:"expect,omitempty"`
	Members []savedMember `json:"members"`
}

type savedMember struct {
	File   string `json:"file"`
	Seed   uint64 `json:"seed"`
	SHA256 string `json:"sha256"`
}

// Save writes the models as safetensors files into folder, and ensemble.json with their
// digests, their seeds and the lock: what trained them. The folder is made if it is not there;
// until all is written LoadEnsemble finds no model in it.
func (e *Ensemble) Save(folder string) error {
	lock := filepath.Join(folder, ensembleFile)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return fmt.Errorf("experiment: %w", err)
	}
	if err := os.Remove(lock); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("experiment: %w", err)
	}
	saved := savedEnsemble{ensembleFormat, e.Name, e.Seed, e.Lock, e.Source, e.Expect, nil}
	for i, m := range e.Models {
		name := fmt.Sprintf("member-%d.safetensors", i)
		path := filepath.Join(folder, name)
		if err := m.Save(path); err != nil {
			return err
		}
		sum, err := fileSum(path)
		if err != nil {
			return err
		}
		saved.Members = append(saved.Members, savedMember{name, e.Seeds[i], sum})
	}
	text, err := json.MarshalIndent(saved, "", "  ")
	if err != nil {
		return fmt.Errorf("experiment: %w", err)
	}
	attached().writing(lock)
	if err := os.WriteFile(lock+".new", append(text, '\n'), 0o666); err != nil {
		return fmt.Errorf("experiment: %w", err)
	}
	if err := os.Rename(lock+".new", lock); err != nil {
		return fmt.Errorf("experiment: %w", err)
	}
	return nil
}

// LoadEnsemble reads what Save wrote. A file that was changed since is an error. A program of other versions
// loads it and says so in Differs: the same models may then give other bits.
func LoadEnsemble(folder string) (*Ensemble, error) {
	text, err := os.ReadFile(filepath.Join(folder, ensembleFile))
	if err != nil {
		return nil, fmt.Errorf("experiment: %s holds no whole ensemble: %w", folder, err)
	}
	var saved savedEnsemble
	if err := json.Unmarshal(text, &saved); err != nil || saved.Format != ensembleFormat || len(saved.Members) == 0 {
		return nil, fmt.Errorf("experiment: %s is not an ensemble of this version (%q)", filepath.Join(folder, ensembleFile), saved.Format)
	}
	e := &Ensemble{Name: saved.Name, Seed: saved.Seed, Lock: saved.Lock, Source: saved.Source, Expect: saved.Expect}
	for _, m := range saved.Members {
		path := filepath.Join(folder, filepath.Base(m.File))
		sum, err := fileSum(path)
		if err != nil {
			return nil, err
		}
		if sum != m.SHA256 {
			return nil, fmt.Errorf("experiment: %s is not the file that was saved: its SHA-256 is %s, not %s", path, sum, m.SHA256)
		}
		model, err := nnlib.LoadModel(path)
		if err != nil {
			return nil, err
		}
		e.Models, e.Seeds = append(e.Models, model), append(e.Seeds, m.Seed)
	}
	if now := attached().lock(); now != e.Lock {
		e.Differs = fmt.Sprintf("it was trained by another program, so its predictions may differ in their last bits: %s; this is %s", e.Lock, now)
	}
	return e, nil
}

func fileSum(path string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("experiment: %w", err)
	}
	return fmt.Sprintf("%x", sha256.Sum256(data)), nil
}
