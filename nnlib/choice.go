package nnlib

import (
	"errors"
	"fmt"
	"strings"
)

var errNegativeScale = errors.New("VarianceScaling wants a Scale above 0")

// choice returns the value that stands where the name stands; the first for the empty name.
func choice[T any](field, name string, names []string, values []T) (T, error) {
	for i, n := range names {
		if n == name || name == "" {
			return values[i], nil
		}
	}
	var none T
	return none, fmt.Errorf("%s is one of %s, got %q", field, strings.Join(names, ", "), name)
}
