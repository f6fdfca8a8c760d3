package display

import (
	"errors"
	"fmt"
	"os"
	"sync"
)

// A Screen is where the running cell shows things and asks for them.
type Screen interface {
	// Show shows v. A non-empty id names the output; with update, all outputs of that id are replaced.
	Show(v any, id string, update bool)
	// Shown tells whether there is an output of that name to update. Those of a cell are gone when it runs again.
	Shown(id string) bool
	Clear(wait bool)
	Input(prompt string, password bool) (string, error)
	// Feed puts text before what the cell reads from standard input next.
	Feed(text string)
}

// program is the screen of the program's one notebook.
var program struct {
	mu     sync.Mutex
	screen Screen
}

// Attach makes s the screen of this package's functions. Without one they print text.
func Attach(s Screen) {
	program.mu.Lock()
	defer program.mu.Unlock()
	program.screen = s
}

// Current returns the screen that Attach has set, else one that prints text.
func Current() Screen {
	program.mu.Lock()
	defer program.mu.Unlock()
	if program.screen == nil {
		return console{}
	}
	return program.screen
}

// Show shows values below the cell, as the value of its last line would be: in the middle of a loop, say.
func Show(values ...any) {
	for _, v := range values {
		Current().Show(v, "", false)
	}
}

// ShowAs shows v under a name, for Update.
func ShowAs(id string, v any) { Current().Show(v, id, false) }

// Update shows v in place of everything that was shown under the name.
func Update(id string, v any) { Current().Show(v, id, true) }

// Clear removes the cell's output so far; with wait, only when the next output is there.
func Clear(wait bool) { Current().Clear(wait) }

// Input asks the person for a line of text.
func Input(prompt string) (string, error) { return Current().Input(prompt, false) }

// Password asks the person for a line of text that is not shown.
func Password(prompt string) (string, error) { return Current().Input(prompt, true) }

// A console is the screen of a program that is no notebook.
type console struct{}

func (console) Show(v any, _ string, _ bool) {
	b, err := Render(v)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	fmt.Println(b.Data[Text])
}

func (console) Shown(string) bool { return false }
func (console) Clear(bool)        {}
func (console) Feed(string)       {}

func (console) Input(string, bool) (string, error) {
	return "", errors.New("display: Input asks in notebooks only; read os.Stdin instead")
}
