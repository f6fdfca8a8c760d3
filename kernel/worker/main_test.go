package worker

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"reprise/kernel/cell"
	"reprise/kernel/display"
	"reprise/kernel/engine"
)

const childVar = "REPRISE_TEST_WORKER"

// The test binary is its own child: with the variable set it serves a small engine.
func TestMain(m *testing.M) {
	if mode := os.Getenv(childVar); mode != "" {
		err := Serve(func(front Front) (Engine, error) {
			if mode == "broken" {
				return nil, errors.New("no engine today")
			}
			return &toy{stop: make(chan struct{}, 1), front: front}, nil
		})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// A toy is an engine whose cells are a verb and a word each line.
type toy struct {
	count int
	stop  chan struct{}
	front Front
}

func (e *toy) Run(ctx context.Context, c engine.Cell, out engine.Output) (engine.Outcome, error) {
	o := engine.Outcome{Seeds: c.Seeds}
	s := bufio.NewScanner(strings.NewReader(c.Source))
	for s.Scan() {
		verb, arg, _ := strings.Cut(s.Text(), " ")
		if verb == "random" {
			if len(o.Seeds) == 0 {
				o.Seeds = []uint64{uint64(time.Now().UnixNano())}
			}
			out.Stream(engine.Stdout, fmt.Sprint(o.Seeds))
			continue
		}
		v, err := e.do(ctx, verb, arg, out)
		if err != nil {
			return o, err
		}
		if v != "" {
			o.Value = &display.Bundle{Data: map[string]any{display.Text: v}}
		}
	}
	return o, s.Err()
}

func (e *toy) do(ctx context.Context, verb, arg string, out engine.Output) (string, error) {
	n, _ := strconv.Atoi(arg)
	switch verb {
	case "print":
		out.Stream(engine.Stdout, arg+"\n")
	case "warn":
		out.Stream(engine.Stderr, arg+"\n")
	case "bytes": // one character, in two pieces
		out.Stream(engine.Stdout, "é"[:1])
		out.Stream(engine.Stderr, "between\n")
		out.Stream(engine.Stdout, "é"[1:])
	case "lines":
		for i := range n {
			out.Stream(engine.Stdout, "line "+strconv.Itoa(i)+"\n")
		}
	case "raw":
		fmt.Fprintln(os.Stdout, arg)
	case "rawerr":
		fmt.Fprintln(os.Stderr, arg)
	case "rawlines":
		for i := range n {
			fmt.Fprintln(os.Stdout, "raw", i)
		}
	case "closestdout":
		os.Stdout.Close()
		os.Stderr.Close()
	case "display":
		out.Display(display.Bundle{Data: map[string]any{display.Text: arg, display.JSON: map[string]any{"n": 1 << 60}}}, "id1", true)
	case "unshowable":
		out.Display(display.Bundle{Data: map[string]any{display.Text: arg, display.JSON: make(chan int)}}, "", false)
	case "call": // the front process
		out.Stream(engine.Stdout, "before\n")
		var answer string
		if err := e.front.Call(ctx, arg, &answer); err != nil {
			return "", err
		}
		return answer, nil
	case "count":
		e.count++
		return strconv.Itoa(e.count), nil
	case "clock":
		out.Stream(engine.Stdout, time.Now().String())
	case "input":
		text, err := out.Input(ctx, arg, true)
		if err != nil {
			return "", err
		}
		return "got " + text, nil
	case "wait": // until interrupted
		out.Stream(engine.Stdout, "waiting\n")
		select {
		case <-ctx.Done():
		case <-e.stop:
		}
		return "", &engine.Fault{Name: "Interrupted", Message: "by you"}
	case "spin": // obeys nothing
		out.Stream(engine.Stdout, "spinning\n")
		select {}
	case "late":
		go func() {
			<-e.stop
			out.Stream(engine.Stdout, "late "+arg+"\n")
		}()
	case "release":
		e.stop <- struct{}{}
	case "fault":
		return "", &engine.Fault{Name: "Panic", Message: arg, Places: []engine.Place{{Cell: "cell [1]", Line: 2}}}
	case "error":
		return "", errors.New(arg)
	case "exit":
		os.Exit(n)
	case "kill":
		kill(os.Getpid())
		select {}
	case "overflow":
		debug.SetMaxStack(64 << 20) // the 1 GB of the default take long to fill
		return strconv.Itoa(deep(1)), nil
	case "goroutine":
		go panic(arg)
		select {}
	case "diewhenidle":
		go func() { <-e.stop; os.Exit(7) }()
	case "maps":
		writeMaps()
	case "memory":
		b := make([]float64, 1<<45) // 256 TiB
		return strconv.Itoa(len(b)), nil
	default:
		return "", errors.New("unknown verb " + verb)
	}
	return "", nil
}

func deep(n int) int { return deep(n+1) + 1 }

func writeMaps() {
	m := map[int]int{}
	for range 8 {
		go func() {
			for i := 0; ; i++ {
				m[i%100] = i
			}
		}()
	}
	select {}
}

func (e *toy) Complete(ctx context.Context, code string, cursor int) (engine.Completion, error) {
	if code == "release" {
		e.stop <- struct{}{}
	}
	return engine.Completion{Start: 0, End: cursor, Matches: []engine.Match{{Text: code + "!", Type: "toy"}}}, nil
}

func (e *toy) Inspect(ctx context.Context, code string, cursor, detail int) (display.Bundle, bool, error) {
	return display.Bundle{Data: map[string]any{display.Text: fmt.Sprint(code, cursor, detail)}}, code != "", nil
}

func (e *toy) Expr(ctx context.Context, code string) (display.Bundle, error) {
	return display.Bundle{}, &engine.Fault{Name: "CompileError", Message: code}
}

func (e *toy) IsComplete(code string) cell.State { return cell.State{} }

func (e *toy) Interrupt() {
	select {
	case e.stop <- struct{}{}:
	default:
	}
}

func (e *toy) Close() error { return nil }

func kill(pid int) {
	p, err := os.FindProcess(pid)
	if err == nil {
		err = p.Kill()
	}
	fmt.Fprintln(os.Stderr, "kill", pid, err) // reached only when it failed
}
