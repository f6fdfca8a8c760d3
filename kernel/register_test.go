package kernel_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net"
	"strconv"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"

	"reprise/kernel/kerneltest"
	"reprise/kernel/wire"
)

const registrationKey = "a-key-for-tests"

// launcher is the other side of JEP 66, with another's ZeroMQ library and a signature of its own.
func launcher(t *testing.T, answer func(routing [][]byte) [][]byte) (file string, told <-chan [][]byte) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	router := zmq4.NewRouter(ctx)
	if err := router.Listen("tcp://127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { router.Close() })
	received := make(chan [][]byte, 1)
	go func() {
		m, err := router.Recv()
		if err != nil {
			return
		}
		router.SendMulti(zmq4.NewMsgFrom(answer(m.Frames[:1:1])...))
		received <- m.Frames[1:]
	}()
	return kerneltest.WriteConnection(t, map[string]any{
		"kernel_id": "k-1", "transport": "tcp", "registration_ip": "127.0.0.1",
		"registration_port": router.Addr().(*net.TCPAddr).Port,
		"key":               registrationKey, "signature_scheme": "hmac-sha256",
	}), received
}

func signed(content string) []byte {
	mac := hmac.New(sha256.New, []byte(registrationKey))
	mac.Write([]byte(content))
	return []byte(hex.EncodeToString(mac.Sum(nil)))
}

func TestRegistrationOfTheProgram(t *testing.T) {
	file, told := launcher(t, func(routing [][]byte) [][]byte {
		return append(routing, []byte("<IDS|MSG>"), signed("ACK"), []byte("ACK"))
	})
	program, err := build()
	if err != nil {
		t.Fatal(err)
	}
	kerneltest.Launch(t, program, "kernel", file)
	var frames [][]byte
	select {
	case frames = <-told:
	case <-time.After(20 * time.Second):
		t.Fatal("the kernel did not register")
	}
	if len(frames) != 3 || string(frames[0]) != "<IDS|MSG>" || string(frames[1]) != string(signed(string(frames[2]))) {
		t.Fatalf("the kernel sent %q", frames)
	}
	var ports map[string]string // text, as the protocol says
	if err := json.Unmarshal(frames[2], &ports); err != nil {
		t.Fatal(err)
	}
	c := wire.Connection{Transport: "tcp", IP: "127.0.0.1", Key: registrationKey}
	for name, port := range map[string]*int{
		"shell_port": &c.ShellPort, "iopub_port": &c.IOPubPort, "stdin_port": &c.StdinPort,
		"control_port": &c.ControlPort, "hb_port": &c.HBPort,
	} {
		if *port, err = strconv.Atoi(ports[name]); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	if ports["kernel_id"] != "k-1" || len(ports) != 6 {
		t.Errorf("the kernel told %v", ports)
	}
	if got := value(t, kerneltest.ConnectZMQ(t, c), "1 + 1"); got != "2" {
		t.Errorf("a cell gives %q; want 2", got)
	}
}

// A launcher with another key, or none that answers, has no kernel.
func TestRegistrationIsRefused(t *testing.T) {
	program, err := build()
	if err != nil {
		t.Fatal(err)
	}
	for name, frames := range map[string][][]byte{
		"bad signature": {[]byte("<IDS|MSG>"), signed("NAK"), []byte("ACK")},
		"not ACK":       {[]byte("<IDS|MSG>"), signed("NAK"), []byte("NAK")},
		"too short":     {[]byte("ACK")},
	} {
		t.Run(name, func(t *testing.T) {
			file, _ := launcher(t, func(routing [][]byte) [][]byte { return append(routing, frames...) })
			if code := kerneltest.Launch(t, program, "kernel", file).WaitExit(); code == 0 {
				t.Error("the kernel ended as if all were well")
			}
		})
	}
}
