package wire

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"runtime"
	"strconv"
)

// A Connection is a connection file: where the five channels are, and the key.
type Connection struct {
	Transport       string `json:"transport"` // tcp, ipc
	IP              string `json:"ip"`        // ipc: the common beginning of the socket files
	ShellPort       int    `json:"shell_port"`
	IOPubPort       int    `json:"iopub_port"`
	StdinPort       int    `json:"stdin_port"`
	ControlPort     int    `json:"control_port"`
	HBPort          int    `json:"hb_port"`
	Key             string `json:"key"` // empty: unsigned
	SignatureScheme string `json:"signature_scheme"`
	KernelName      string `json:"kernel_name,omitempty"`
	// With CURVE keys, in Z85, every channel is encrypted (jupyter_client 8.9).
	CurvePublicKey string `json:"curve_publickey,omitempty"`
	CurveSecretKey string `json:"curve_secretkey,omitempty"`
	Registration
}

// ReadConnection reads and checks the connection file at path.
func ReadConnection(path string) (Connection, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Connection{}, fmt.Errorf("wire: no connection file %s; a Jupyter client writes it and passes its name", path)
	}
	if err != nil {
		return Connection{}, fmt.Errorf("wire: cannot read connection file: %w", err)
	}
	c, err := ParseConnection(data)
	if err != nil {
		return Connection{}, fmt.Errorf("wire: connection file %s: %w", path, err)
	}
	return c, nil
}

// ParseConnection reads and checks the text of a connection file.
func ParseConnection(data []byte) (Connection, error) {
	c := Connection{Transport: "tcp", SignatureScheme: signatureScheme, IP: unset}
	if err := json.Unmarshal(data, &c); err != nil {
		return Connection{}, fmt.Errorf("not a JSON object as Jupyter writes it: %w", err)
	}
	if c.IP == unset { // a registration file has none: launcher and kernel are on one host
		c.IP = cmp.Or(c.Registration.Host, "127.0.0.1")
	}
	if err := c.check(); err != nil {
		return c, err
	}
	return c, named(data)
}

// named refuses a file of something else, a notebook say: a kernel on ports that nobody was told of, without a
// key, would serve whoever finds it.
func named(data []byte) error {
	var ports struct {
		Shell        any `json:"shell_port"`
		Registration any `json:"registration_port"`
	}
	if err := json.Unmarshal(data, &ports); err != nil || ports.Shell == nil && ports.Registration == nil {
		return errors.New("it has neither shell_port nor registration_port, so it is no connection file")
	}
	return nil
}

// unset stands for an ip that the file does not have.
const unset = "\x00"

// signatureScheme is the only one in use.
const signatureScheme = "hmac-sha256"

func (c *Connection) check() error {
	switch {
	case c.Transport != "tcp" && c.Transport != "ipc":
		return fmt.Errorf("unknown transport %q; tcp and ipc are known", c.Transport)
	case c.Transport == "ipc" && runtime.GOOS == "windows":
		return errors.New("transport ipc is not to be had on Windows; use tcp")
	case c.IP == "":
		return errors.New("ip is empty; it is an address, or for ipc the beginning of a file name")
	case c.SignatureScheme != signatureScheme && c.Key != "":
		return fmt.Errorf("unknown signature_scheme %q; %s is known", c.SignatureScheme, signatureScheme)
	case (c.CurvePublicKey == "") != (c.CurveSecretKey == ""):
		return errors.New("only one of curve_publickey and curve_secretkey is given; encryption needs both")
	}
	for _, key := range []string{c.CurvePublicKey, c.CurveSecretKey} {
		if key != "" && len(key) != 40 {
			return fmt.Errorf("a CURVE key has %d characters; in Z85 it has 40", len(key))
		}
	}
	if c.Registration.Wanted() {
		return c.checkRegistration()
	}
	return c.checkPorts()
}

func (c *Connection) checkRegistration() error {
	if c.Transport != "tcp" {
		return fmt.Errorf("a registration file with transport %s; the kernel can choose ports for tcp only", c.Transport)
	}
	for _, p := range c.Ports() {
		if p.Port != 0 {
			return fmt.Errorf("both %s_port and registration_port; a connection file has the one, a registration file the other", p.Channel)
		}
	}
	return c.Registration.check()
}

func (c *Connection) checkPorts() error {
	taken := map[int]string{}
	for _, p := range c.Ports() {
		if p.Port < 0 || p.Port > 65535 {
			return fmt.Errorf("%s_port is %d; it must be in 0..65535", p.Channel, p.Port)
		}
		if other, twice := taken[p.Port]; twice && p.Port != 0 {
			return fmt.Errorf("%s_port and %s_port are both %d", other, p.Channel, p.Port)
		}
		taken[p.Port] = p.Channel
	}
	return nil
}

// A ChannelPort is the port of one channel; 0 lets the system choose.
type ChannelPort struct {
	Channel string
	Port    int
}

// Ports lists the five channels.
func (c *Connection) Ports() []ChannelPort {
	return []ChannelPort{
		{"shell", c.ShellPort}, {"iopub", c.IOPubPort}, {"stdin", c.StdinPort},
		{"control", c.ControlPort}, {"hb", c.HBPort},
	}
}

// Endpoint is the ZeroMQ address of a port: tcp://127.0.0.1:5555, ipc:///tmp/kernel-ipc-1.
func (c *Connection) Endpoint(port int) string {
	if c.Transport == "ipc" {
		return fmt.Sprintf("ipc://%s-%d", c.IP, port)
	}
	return "tcp://" + net.JoinHostPort(c.IP, strconv.Itoa(port))
}
