//go:build oracle

package exact

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// The digests and the random products on other instruction sets and builds: other amd64 levels, little and big endian machines under qemu-user, wasip1 under
// wazero. Needs qemu-aarch64-static, qemu-s390x-static and the wazero command; one that is missing is an error.
func TestDigestsOnOtherMachines(t *testing.T) {
	for _, c := range []struct{ name, env, exec string }{
		{"amd64 v1", "GOAMD64=v1", ""},
		{"amd64 v3", "GOAMD64=v3", ""},
		{"arm64", "GOARCH=arm64", "qemu-aarch64-static"},
		{"s390x", "GOARCH=s390x", "qemu-s390x-static"},
		{"wasip1", "GOOS=wasip1 GOARCH=wasm", "wazero run"},
	} {
		t.Run(c.name, func(t *testing.T) {
			args := []string{"test", "-count=1", "-v", "-short", "-run=^(TestDigests|TestGemmAgainstScalarChains|TestFunctionsOnSlices|TestHash32Golden)$"}
			if c.exec != "" {
				args = append(args, "-exec="+c.exec)
			}
			cmd := exec.Command("go", append(args, ".")...)
			cmd.Env = append(os.Environ(), strings.Fields(c.env)...)
			cmd.Env = append(cmd.Env, "CGO_ENABLED=0")
			out, err := cmd.CombinedOutput()
			if err != nil || !strings.Contains(string(out), "--- PASS: TestDigests") {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
