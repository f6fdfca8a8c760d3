package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// A Registration is what a registration file adds to a connection file (JEP 66,
// protocol 5.6): the kernel chooses its ports and tells them to a socket of the
// launcher.
type Registration struct {
	KernelID string      `json:"kernel_id,omitempty"`
	Host     string      `json:"registration_ip,omitempty"`
	Port     json.Number `json:"registration_port,omitempty"` // some launchers write it as text
}

// Wanted reports whether the file is a registration file.
func (r Registration) Wanted() bool { return r.Host != "" || r.Port != "" }

func (r Registration) check() error {
	if r.Host == "" {
		return errors.New("registration_port without registration_ip; a registration file has both")
	}
	if n, err := strconv.Atoi(r.Port.String()); err != nil || n < 1 || n > 65535 {
		return fmt.Errorf("registration_port is %q; it must be in 1..65535", r.Port)
	}
	return nil
}

// RegistrationEndpoint is the ZeroMQ address of the launcher's socket.
func (c *Connection) RegistrationEndpoint() string {
	port, _ := strconv.Atoi(c.Registration.Port.String())
	at := Connection{Transport: c.Transport, IP: c.Registration.Host}
	return at.Endpoint(port)
}

// EncodeRegistration tells the launcher the ports: delimiter, signature, content.
func (c *Codec) EncodeRegistration(at Connection) [][]byte {
	ports := map[string]string{"kernel_id": at.Registration.KernelID}
	for _, p := range at.Ports() {
		ports[p.Channel+"_port"] = strconv.Itoa(p.Port) // as text: the protocol says so
	}
	content, _ := json.Marshal(ports) // strings can be encoded
	return [][]byte{delimiter, c.sign([][]byte{content}), content}
}

// CheckRegistered reads the launcher's acknowledgment: the same three frames with the content ACK.
func (c *Codec) CheckRegistered(frames [][]byte) error {
	at := indexDelimiter(frames)
	if at < 0 || len(frames) < at+3 {
		return fmt.Errorf("wire: the acknowledgment of a registration has %d frames; want %s, signature, ACK", len(frames), delimiter)
	}
	if err := c.check(frames[at+1], frames[at+2:at+3]); err != nil {
		return err
	}
	if ack := frames[at+2]; !bytes.Equal(bytes.Trim(ack, `"`), []byte("ACK")) {
		return fmt.Errorf("wire: the launcher answered the registration with %.100q; want ACK", ack)
	}
	return nil
}
