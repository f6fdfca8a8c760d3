// Package kernel is the Jupyter kernel.
package kernel
