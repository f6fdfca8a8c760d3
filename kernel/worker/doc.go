// Package worker runs an engine in a child process, so that nothing a cell does can take the kernel down:
// a fatal error of the runtime, memory running out or os.Exit end the child only. They become an
// engine.Fault of the cell, and a fresh child takes the next cell.
//
// The front process holds a Worker; the child, the same program started with another verb, calls Serve.
// Three pipes join them, all with length-prefixed frames: control (front to child: run, interrupt,
// requests, answers), events (child to front: what the cell shows, in order, and its outcome) and
// replies (child to front: completions and the like, which must not queue behind output). The child's
// file descriptors 1 and 2 are pipes as well: what compiled code or the runtime writes there, past the
// engine, still reaches the cell. The child leaves when control reaches its end, that is when the front
// process has gone.
//
//	front process                            child
//	Worker.Run  -- run ------- control --->  Serve: Engine.Run
//	Output      <- stream... -- events ----  sender <- Output
//	Output      <- raw bytes -- fd 1, 2 ---  compiled code
//	            <- mark ------- fd 1, 2 ---  after the cell: nothing raw is still on its way
//	Worker.Run  <- outcome ---- events ----  sender
package worker
