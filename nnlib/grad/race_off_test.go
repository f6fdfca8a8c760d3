//go:build !race

package grad_test

const raceDetector = false
