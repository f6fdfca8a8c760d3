package engine

import (
	"log"

	"github.com/traefik/yaegi/interp"
)

// overlays are symbols of the compiled packages that cells see otherwise than compiled programs
// do: one file for each package, bound to this engine's streams and randomness.
func (rt *runtimeState) overlays() interp.Exports {
	standard := log.New(rt.writer(Stderr), "", log.LstdFlags)
	return interp.Exports{
		"fmt/fmt":           rt.fmtOverlay(),
		"go/ast/ast":        rt.astOverlay(),
		"log/log":           logOverlay(standard),
		"log/slog/slog":     slogOverlay(standard),
		"math/math":         mathOverlay(),
		"math/rand/rand":    rt.randOverlay(),
		"math/rand/v2/rand": rt.rand2Overlay(),
		"os/os":             osOverlay(),
	}
}
