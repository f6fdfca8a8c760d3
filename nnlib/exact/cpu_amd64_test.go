package exact

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestSwitchedOff(t *testing.T) {
	for setting, want := range map[string]bool{
		"": false, "cpu.all=off": true, "cpu.fma=off": true, "cpu.avx512f=off": false, "gctrace=1,cpu.fma=off": true, "cpu.fma=off,cpu.fma=on": false,
		"cpu.sse41=off": false,
	} {
		if got := switchedOff(setting, "cpu.all", "cpu.fma"); got != want {
			t.Errorf("GODEBUG=%s: off is %v, want %v", setting, got, want)
		}
	}
}

// The committed assembly is what the generator writes.
func TestGeneratedFiles(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector sees nothing of the generator, which is another program")
	}
	dir := t.TempDir()
	cmd := exec.Command("go", "run", "./gen", "-out", filepath.Join(dir, "kernels_amd64.s"), "-stubs", filepath.Join(dir, "kernels_amd64.go"), "-pkg", "exact")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd = exec.Command("go", "run", "./gen/neon", filepath.Join(dir, "kernels_arm64.s"), filepath.Join(dir, "kernels_arm64.go"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"kernels_amd64.s", "kernels_amd64.go", "kernels_arm64.s", "kernels_arm64.go"} {
		want, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(stripCommand(got), stripCommand(want)) {
			t.Errorf("%s is not what the generator writes: run go generate", name)
		}
	}
}

// stripCommand drops the first line, which names the command's arguments.
func stripCommand(b []byte) []byte {
	_, rest, _ := bytes.Cut(b, []byte("\n"))
	return rest
}
