package engine

import (
	"github.com/traefik/yaegi/interp"
)

// overlays are symbols of the compiled packages that cells see otherwise than compiled programs
// do: one file for each package, bound to this engine's streams and randomness.
func (rt *runtimeState) overlays() interp.Exports {
	return interp.Exports{
		"fmt/fmt":           rt.fmtOverlay(),
		"log/log":           rt.logOverlay(),
		"log/slog/slog":     rt.slogOverlay(),
		"math/math":         mathOverlay(),
		"math/rand/rand":    rt.randOverlay(),
		"math/rand/v2/rand": rt.rand2Overlay(),
	}
}
