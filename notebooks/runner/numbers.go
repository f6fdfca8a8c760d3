package runner

import (
	"crypto/sha256"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

var number = regexp.MustCompile(`[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?`)

// numbers says how far apart the numbers of two lines are, when the lines differ in
// nothing else: "0.53 and 0.54: 90071992547410 ULP (167772 as float32), relative 1.9e-02".
func numbers(a, b string) string {
	if number.ReplaceAllString(a, "0") != number.ReplaceAllString(b, "0") {
		return ""
	}
	x, y := number.FindAllString(a, -1), number.FindAllString(b, -1)
	var far []string
	for i := range x {
		if x[i] != y[i] {
			far = append(far, distance(x[i], y[i]))
		}
	}
	if len(far) > 3 {
		far = append(far[:3], fmt.Sprintf("and %d more", len(far)-3))
	}
	return strings.Join(far, "; ")
}

func distance(a, b string) string {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX != nil || errY != nil {
		return fmt.Sprintf("%s and %s", a, b)
	}
	if i, errI := strconv.ParseInt(a, 10, 64); errI == nil {
		if j, errJ := strconv.ParseInt(b, 10, 64); errJ == nil {
			return fmt.Sprintf("%s and %s: %d apart", a, b, uint64(max(i, j))-uint64(min(i, j)))
		}
	}
	far := fmt.Sprintf("%s and %s: %d ULP", a, b, ulps(x, y))
	if digits(a) <= 9 && digits(b) <= 9 { // what a float32 needs at most
		far += fmt.Sprintf(" (%d as float32)", ulps32(float32(x), float32(y)))
	}
	return fmt.Sprintf("%s, relative %.1e", far, math.Abs(x-y)/max(math.Abs(x), math.Abs(y), math.SmallestNonzeroFloat64))
}

// digits counts the digits of a number without leading zeros and exponent.
func digits(number string) int {
	mantissa, _, _ := strings.Cut(strings.ToLower(number), "e")
	return len(strings.TrimLeft(strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, mantissa), "0"))
}

// ulps32 counts the float32 values from x to y.
func ulps32(x, y float32) uint64 {
	ordered := func(x float32) int64 {
		if bits := math.Float32bits(x); bits>>31 == 1 {
			return -int64(bits &^ (1 << 31))
		}
		return int64(math.Float32bits(x))
	}
	far := ordered(x) - ordered(y)
	return uint64(max(far, -far))
}

// ulps counts the float64 values from x to y.
func ulps(x, y float64) uint64 {
	a, b := ordered(x), ordered(y)
	if a > b {
		return a - b
	}
	return b - a
}

// ordered maps floats to integers in the same order; both zeros become one.
func ordered(x float64) uint64 {
	bits := math.Float64bits(x)
	if bits>>63 == 1 {
		return 1<<63 - bits&^(1<<63)
	}
	return 1<<63 + bits
}

func digest(text string) string { return fmt.Sprintf("sha256 %x", sha256.Sum256([]byte(text)))[:19] }
