package wire

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// As jupyter_client 8.10 writes it: json.dumps(write_connection_file()[1]).
const connectionFile = `{"shell_port": 50001, "iopub_port": 50002, "stdin_port": 50003, "control_port": 50004, "hb_port": 50005,
 "ip": "127.0.0.1", "key": "a0436f6c-1916-498b-8eb9-e81ab9368e84", "transport": "tcp", "signature_scheme": "hmac-sha256", "kernel_name": "reprise"}`

func TestConnection(t *testing.T) {
	c, err := ParseConnection([]byte(connectionFile))
	if err != nil {
		t.Fatal(err)
	}
	if c.Key != "a0436f6c-1916-498b-8eb9-e81ab9368e84" || c.Endpoint(c.HBPort) != "tcp://127.0.0.1:50005" || c.KernelName != "reprise" {
		t.Errorf("got %+v", c)
	}
	c.Transport, c.IP = "ipc", "/run/kernel-1"
	if got := c.Endpoint(c.ShellPort); got != "ipc:///run/kernel-1-50001" {
		t.Errorf("ipc endpoint is %s", got)
	}
	c.Transport, c.IP = "tcp", "::1"
	if got := c.Endpoint(1); got != "tcp://[::1]:1" {
		t.Errorf("IPv6 endpoint is %s", got)
	}
}

func TestRegistration(t *testing.T) {
	for _, port := range []string{"7", `"7"`} { // xeus writes it as text
		c, err := ParseConnection([]byte(`{"kernel_id":"k","transport":"tcp","registration_ip":"::1","registration_port":` + port + `,"key":"x"}`))
		if err != nil {
			t.Fatal(err)
		}
		if !c.Registration.Wanted() || c.KernelID != "k" || c.RegistrationEndpoint() != "tcp://[::1]:7" || c.IP != "::1" || c.ShellPort != 0 {
			t.Errorf("got %+v", c)
		}
	}
	if c, err := ParseConnection([]byte(connectionFile)); err != nil || c.Registration.Wanted() {
		t.Errorf("a connection file is taken for a registration file: %+v, %v", c, err)
	}
}

func TestConnectionErrors(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"empty", "", "not a JSON object"},
		{"cut off", connectionFile[:50], "not a JSON object"},
		{"port is text", `{"shell_port":"x"}`, "not a JSON object"},
		{"transport", `{"transport":"udp"}`, `unknown transport "udp"; tcp and ipc`},
		{"no ip", `{"ip":""}`, "ip is empty"},
		{"port", `{"hb_port":70000}`, "hb_port is 70000"},
		{"same port", `{"hb_port":7,"shell_port":7}`, "are both 7"},
		{"scheme", `{"key":"k","signature_scheme":"hmac-md5"}`, "hmac-sha256 is known"},
		{"half of CURVE", `{"curve_publickey":"` + strings.Repeat("a", 40) + `"}`, "needs both"},
		{"half of a registration", `{"registration_port":7}`, "without registration_ip"},
		{"registration port", `{"registration_ip":"127.0.0.1","registration_port":"70000"}`, "registration_port is"},
		{"no registration port", `{"registration_ip":"127.0.0.1"}`, "registration_port is"},
		{"both files in one", `{"registration_ip":"127.0.0.1","registration_port":7,"hb_port":8}`, "both hb_port and registration_port"},
		{"a notebook", `{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}`, "neither shell_port nor registration_port"},
		{"short CURVE", `{"curve_publickey":"a","curve_secretkey":"b"}`, "has 40"},
	} {
		if _, err := ParseConnection([]byte(tc.text)); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v; want an error with %q", tc.name, err, tc.want)
		}
	}
	if runtime.GOOS == "windows" {
		if _, err := ParseConnection([]byte(`{"transport":"ipc"}`)); err == nil {
			t.Error("ipc on Windows was taken")
		}
	}
}

func TestReadConnection(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "kernel-1.json")
	if _, err := ReadConnection(missing); err == nil || !strings.Contains(err.Error(), missing) {
		t.Errorf("missing file: %v", err)
	}
	if err := os.WriteFile(missing, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadConnection(missing); err == nil || !strings.Contains(err.Error(), missing) || !strings.Contains(err.Error(), "JSON") {
		t.Errorf("not JSON: %v", err)
	}
}

func FuzzConnection(f *testing.F) {
	f.Add([]byte(connectionFile))
	f.Add([]byte(`{"transport":"ipc","ip":"/tmp/k"}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := ParseConnection(data)
		if err != nil {
			return
		}
		for _, p := range c.Ports() {
			if e := c.Endpoint(p.Port); !strings.HasPrefix(e, c.Transport+"://") {
				t.Fatalf("endpoint of %s is %q", p.Channel, e)
			}
		}
	})
}
