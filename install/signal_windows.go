package install

import "os"

var stopSignals = []os.Signal{os.Interrupt}

// terminate ends JupyterLab: Windows has no gentler way from outside its console.
// A Ctrl-C in the console reaches JupyterLab by itself.
var terminate = os.Kill

// alive reports whether a process exists.
func alive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	p.Release()
	return true
}
