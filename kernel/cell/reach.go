package cell

import (
	"go/scanner"
	"go/token"
	"go/types"
	"sort"
	"strings"
)

// A Reach is what a cell can use of the notebook: itself, the declarations that it names, those that
// these name, and so on. Names are taken as they stand, so it can hold more than is used, never less.
type Reach struct {
	Text []string          // the cell, then the declarations in the order of their keys: tokens, without comments and layout
	Vars map[string]string // variables by name, with what the interpreter calls them
}

// Reach is what a program that runs can use when it has defined that many of its variables:
// those that it is still to define are not yet its own. Arguments that only say how often
// something is repeated do not count (see tokens).
func (p *Package) Reach(prog *Program, defined int) Reach {
	p.mu.Lock()
	defer p.mu.Unlock()
	pending := map[string]bool{}
	for _, name := range prog.Vars[min(defined, len(prog.Vars)):] {
		pending[name] = true
	}
	for _, name := range prog.Vars[:min(defined, len(prog.Vars))] {
		delete(pending, name)
	}
	r := Reach{Vars: map[string]string{}}
	text, names := tokens(prog.src.text)
	r.Text = append(r.Text, text)
	texts := map[string]string{}
	for len(names) > 0 {
		key := names[0]
		names = names[1:]
		d := p.live[key]
		if _, seen := texts[key]; d == nil || seen || pending[key] {
			continue
		}
		texts[key] = ""
		if d.node == nil && isVar(d.obj) {
			r.Vars[key] = d.rt
			if _, isFunc := d.obj.Type().Underlying().(*types.Signature); !isFunc {
				names = append(names, sortedKeys(d.uses)...) // its types; the rest is in its value
				continue
			}
		}
		text, more := tokens(d.text())
		texts[key] = key + ": " + text
		names = append(append(names, more...), p.methodsOf(key)...)
	}
	for _, key := range sortedKeys(texts) {
		r.Text = append(r.Text, texts[key])
	}
	return r
}

func (d *decl) text() string {
	if d.src == nil {
		return ""
	}
	from, to := d.src.offset(d.from), d.src.offset(d.to)
	if from < 0 || to < from {
		return ""
	}
	return d.src.text[from:to]
}

// methodsOf are the keys of a type's methods.
func (p *Package) methodsOf(typ string) []string {
	var keys []string
	for key := range p.live {
		if strings.HasPrefix(key, typ+".") {
			keys = append(keys, key)
		}
	}
	sort.Strings(keys)
	return keys
}

// tokens are the words of a text, and the names among them. The first argument of
// experiment.Repeat, RepeatWith and Sweep is left out: how often an experiment is repeated is no
// part of what it is.
func tokens(text string) (words string, names []string) {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(text))
	s.Init(file, []byte(text), func(token.Position, string) {}, 0)
	var b strings.Builder
	var last [3]string // the words before
	seen := map[string]bool{}
	skipping, depth := false, 0
	ended := false // a semicolon came before
	for {
		_, tok, lit := s.Scan()
		if tok == token.EOF {
			return b.String(), names
		}
		word := lit
		if lit == "" {
			word = tok.String()
		}
		if tok == token.SEMICOLON { // written or not: what counts is what follows
			ended = true
			continue
		}
		if ended && tok != token.RBRACE && tok != token.RPAREN {
			b.WriteString("; ")
		}
		ended = false
		switch {
		case skipping:
			switch tok {
			case token.LPAREN, token.LBRACE, token.LBRACK:
				depth++
			case token.RPAREN, token.RBRACE, token.RBRACK:
				depth--
			}
			skipping = depth > 0 && !(depth == 1 && tok == token.COMMA)
			if skipping {
				continue
			}
		case tok == token.LPAREN && last[0] == "experiment" && last[1] == "." && (last[2] == "Repeat" || last[2] == "RepeatWith" || last[2] == "Sweep"):
			skipping, depth = true, 1
		}
		if tok == token.IDENT && !seen[lit] {
			seen[lit] = true
			names = append(names, lit)
		}
		last = [3]string{last[1], last[2], word}
		b.WriteString(word)
		b.WriteByte(' ')
	}
}
