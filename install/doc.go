// Package install makes the kernel known to Jupyter, and finds or sets up a
// JupyterLab to use it in.
//
// A kernelspec is a directory with a kernel.json in one of the places where
// Jupyter looks. Ours also holds the copy of the program that kernel.json names,
// so that the checkout, or the file a package manager replaced, may go away, and
// so that removing the directory removes everything:
//
//	<data>/kernels/reprise/kernel.json     written last: before it, Jupyter sees nothing
//	<data>/kernels/reprise/reprise         the installed copy (reprise.exe on Windows)
//	<data>/kernels/reprise/logo-*          three logos
package install

//go:generate go run logos/draw.go -o logos
