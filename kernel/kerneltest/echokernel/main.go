// Echokernel is a whole Jupyter kernel over ZeroMQ whose language is that of
// kerneltest.Echo: clients can be tested with it without an interpreter.
//
//	echokernel CONNECTION_FILE
package main

import (
	"context"
	"fmt"
	"os"

	"reprise/kernel"
	"reprise/kernel/kerneltest"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: echokernel CONNECTION_FILE")
		os.Exit(2)
	}
	o := kernel.Options{
		Info:  kernel.Info{Version: "0", GoVersion: "0", Banner: "echo"},
		Comms: map[string]kernel.CommTarget{"echo": kerneltest.EchoComm},
	}
	if err := kernel.Main(context.Background(), os.Args[1], kerneltest.NewEcho(), o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
