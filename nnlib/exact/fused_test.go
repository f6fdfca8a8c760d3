//go:build oracle

package exact_test

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// The compiled code has no fused multiply-add but where the source says math.FMA: this sees what the rules of the source cannot, a
// product returned by a function that the compiler inlines under a +. The compiler's own listing is read, since go tool objdump does not
// know the fused instructions of amd64.
func TestNoFusedInstructions(t *testing.T) {
	onlyWithoutRace(t)
	for _, c := range []struct {
		env   string
		fused *regexp.Regexp
	}{
		{"GOARCH=arm64", regexp.MustCompile(`\sFN?M(ADD|SUB)[SD]\s`)},
		{"GOAMD64=v3", regexp.MustCompile(`\sVFN?M(ADD|SUB)\d+S[SD]\s`)},
	} {
		t.Run(c.env, func(t *testing.T) {
			lines, legitimate := 0, 0
			sources := map[string][]string{}
			for in := bufio.NewScanner(bytes.NewReader(listing(t, c.env))); in.Scan(); lines++ {
				if !c.fused.MatchString(in.Text()) {
					continue
				}
				place := placeOf.FindStringSubmatch(in.Text())
				if strings.Contains(sourceLine(sources, place), "math.FMA(") {
					legitimate++
				} else {
					t.Errorf("fused instruction: %s", strings.TrimSpace(in.Text()))
				}
			}
			if lines < 10000 || legitimate == 0 {
				t.Errorf("%d lines with %d calls of math.FMA were seen: the check sees nothing", lines, legitimate)
			}
		})
	}
}

// placeOf finds "(/dir/gemm.go:103)" in a line of the listing.
var placeOf = regexp.MustCompile(`\(([^()]+\.go):(\d+)\)`)

// listing compiles the exact packages and returns the compiler's assembly.
func listing(t *testing.T, env string) []byte {
	args := []string{"build"}
	for _, p := range exactPackages {
		args = append(args, "-gcflags="+p+"=-S")
	}
	cmd := exec.Command("go", append(args, exactPackages...)...)
	cmd.Env = append(os.Environ(), env, "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("go build: %v\n%s", err, out[max(0, len(out)-2000):])
	}
	return out
}

func sourceLine(sources map[string][]string, place []string) string {
	if place == nil {
		return ""
	}
	if sources[place[1]] == nil {
		b, err := os.ReadFile(place[1])
		if err != nil {
			return ""
		}
		sources[place[1]] = strings.Split(string(b), "\n")
	}
	n, err := strconv.Atoi(place[2])
	if lines := sources[place[1]]; err == nil && n >= 1 && n <= len(lines) {
		return lines[n-1]
	}
	return ""
}
