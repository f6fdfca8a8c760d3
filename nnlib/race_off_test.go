//go:build !race

package nnlib_test

const raceDetector = false
