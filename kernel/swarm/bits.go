package swarm

import (
	"fmt"
	"math"
)

// bits shows a number with all its digits and its bits.
func bits(x float64) string { return fmt.Sprintf("%v (bits %016x)", x, math.Float64bits(x)) }
