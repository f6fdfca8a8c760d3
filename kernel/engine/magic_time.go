package engine

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"reprise/kernel/ledger"
)

func timeMagic() Magic {
	return Magic{
		Name:  "time",
		Usage: "statement",
		Doc:   "Run the rest of the line and tell how long it took and what it allocated.",
		Run: func(ctx context.Context, c *Call) (Outcome, error) {
			if c.Args == "" {
				return Outcome{}, c.misuse("%%time wants a statement: %%time model.Fit(x, y)")
			}
			return timed(ctx, c, c.runArgs)
		},
	}
}

func timeCellMagic() Magic {
	return Magic{
		Name: "time",
		Doc:  "Run the cell and tell how long it took and what it allocated.",
		Cell: true,
		Run: func(ctx context.Context, c *Call) (Outcome, error) {
			return timed(ctx, c, c.runBody)
		},
	}
}

func timed(ctx context.Context, c *Call, run func(context.Context) (Outcome, error)) (Outcome, error) {
	c.note(ledger.Clock)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	o, err := run(ctx)
	took := time.Since(began)
	runtime.ReadMemStats(&after)
	if err == nil {
		c.printf("%s, %s allocated\n", shortTime(took), shortBytes(after.TotalAlloc-before.TotalAlloc))
	}
	return o, err
}

// shortTime has three digits: 1.23 ms.
func shortTime(d time.Duration) string {
	for _, u := range []struct {
		size time.Duration
		name string
	}{{time.Second, "s"}, {time.Millisecond, "ms"}, {time.Microsecond, "µs"}} {
		if d >= u.size {
			return fmt.Sprintf("%.3g %s", float64(d)/float64(u.size), u.name)
		}
	}
	return fmt.Sprintf("%d ns", d.Nanoseconds())
}

func shortBytes(n uint64) string {
	size, unit := float64(n), "B"
	for _, u := range []string{"kB", "MB", "GB", "TB"} {
		if size < 999.5 {
			break
		}
		size, unit = size/1000, u
	}
	return fmt.Sprintf("%.3g %s", size, unit)
}
