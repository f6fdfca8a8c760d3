// Package kernel is the Jupyter kernel: it speaks the messaging protocol 5.6
// with any number of clients and has cells run by an Engine, of which it knows
// nothing but the interface.
//
// # The life of a cell
//
// A person presses Shift-Enter. The front end sends execute_request on the
// shell channel: some frames that name the client, a delimiter, a signature,
// and four pieces of JSON. The frames arrive at a ROUTER socket (package zmtp,
// which knows sockets and nothing of Jupyter), and serveShell hands them to
// wire.Codec.Decode. A message with a bad signature, or one that was received
// before, is logged and not answered: nobody has shown that they may ask.
//
// A good message becomes a request and is put into the queue of its shell:
// the main one, or a subshell that the client has created and names in the
// header (JEP 91). Each shell is one goroutine that works its queue off, one
// request at a time, through Kernel.answer. That function is the protocol in
// ten lines, and the only place from which replies and idle are sent:
//
//	busy                        on IOPub
//	what the handler shows      on IOPub
//	barrier                     everything above was handed to the socket
//	the reply                   on the channel the request came by
//	idle                        on IOPub
//
// The handler is looked up in one table (requests.go): the message type beside
// the method that handles it, in handle_*.go. The method takes a typed content
// and returns the reply. A type that nobody knows gets an error reply; content
// that cannot be read gets one too; a handler that panics costs its own request.
//
// For a cell the handler is execute. It waits until no other cell runs (all
// shells share one engine), counts the cell, notes it in the history, publishes
// execute_input, and calls Engine.Run with the text and an output. What
// the engine does is its own affair (package engine; package worker, which runs
// an engine in a child process, so that a cell can die without the kernel).
// While the cell runs, everything that it shows comes back through engine.Output:
//
//   - Text goes to iopub.print. It waits in a queue for a few milliseconds in
//     which more text of the same stream is merged with it, so that a loop with
//     a Println costs its readers about 20 messages a second. stdout, stderr,
//     stdout stays three messages: merging never reorders.
//   - Displays and their updates go to iopub.publish, in the same queue.
//   - A progress line is a display that is updated in place, at most ten times a
//     second. When it ends, the cell's output is cleared and sent again without
//     it, so that no saved notebook has it (progress.go, transcript.go).
//   - A question (Input) goes to the client that runs the cell, on stdin, after
//     a barrier: what was printed stands above the prompt.
//   - The pager and the proposal of a next cell wait for the reply, as payloads.
//
// All these goroutines of the program share one processor, as they only hand messages on (main says so
// where it starts the kernel). It also joins what is said in one breath: busy and execute_input are one
// write, the result and idle another.
//
// The IOPub queue has one reader, iopub.run, and a bound. When the clients read
// slowly the queue fills and whoever publishes waits: at the end of the chain
// the cell. So nothing is dropped and memory stays bounded. The one exception are the
// statuses of control requests, which do not wait: an interrupt must reach a
// cell that stands still because somebody sleeps.
//
// The cell ends. A value becomes execute_result and goes into the history. The
// user's mistake, an *engine.Fault, becomes an error message whose traceback
// the fault writes itself; so does the death of a worker. Any other error, or a
// panic of the engine, is said to be the kernel's. Then come
// user_expressions, the barrier, the reply (with what the cell drew, and its record in
// the ledger, in its metadata under "reprise"), and idle. The ledger (records.go,
// package ledger) also grows beside the notebook, when the client tells its path.
//
// When the cell failed and the request asked for stop_on_error, the reply is
// held back for abortWindow. All that has arrived by then was sent before the
// client could know, and each execute_request among it is answered "aborted".
// What comes later is run.
//
// # Beside the cell
//
// Control requests have a goroutine of their own (serveControl) and never wait
// for a cell: interrupt_request calls Engine.Interrupt and ends a question that
// waits on stdin; shutdown_request is answered, told to all clients on IOPub,
// and ends Serve; kernel_info, usage and subshell requests are answered at once. Requests that
// may take their time are refused on control. The heartbeat is the socket's own.
//
// The runs of an experiment that a cell repeats may be played by other processes, here or on
// other machines (package swarm): the worker's affair, of which the kernel sees nothing.
//
// A launcher may pass a registration file instead of a connection file (JEP 66).
// Then the system chooses the ports, and register.go tells them to the launcher.
//
// A kernel also ends with its parent process (JPY_PARENT_PID) and on SIGTERM;
// SIGINT interrupts the cell. Serve closes the engine, waits a moment for the
// goroutines, and closes history and sockets.
//
// The history (history.go) is in memory or in a SQLite file with IPython's
// tables, written in the background: neither a cell nor the start waits for the
// disk. Comms (comm.go) connect an object in the front end with one here; a
// target is a function in Options.Comms, and an unknown target is closed again.
//
// # To add a request
//
// Write the content in wire/content_x.go and the method in handle_x.go, add one
// line to the table in requests.go, and a transcript of it to a test.
// kerneltest has the front end, an engine that echoes, and the conformance tiers.
package kernel
