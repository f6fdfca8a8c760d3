package experiment

import "math"

// KolmogorovSmirnov compares two samples by the largest distance of their
// distribution functions, scipy.stats.ks_2samp(method="exact"): the p-value
// counts lattice paths (Hodges 1958), so it is exact for any sizes. It takes
// time proportional to len(a) times len(b).
func KolmogorovSmirnov(a, b []float64) Test {
	wantAtLeast(1, "KolmogorovSmirnov", a, b)
	x, y := sorted(a), sorted(b)
	n, m := len(x), len(y)
	most := 0 // the distance times n*m, a whole number
	for i, j := 0, 0; i < n && j < m; {
		v := math.Min(x[i], y[j])
		for i < n && x[i] == v {
			i++
		}
		for j < m && y[j] == v {
			j++
		}
		most = max(most, abs(i*m-j*n))
	}
	t := Test{Name: "Kolmogorov-Smirnov", Statistic: float64(most) / float64(n*m), Note: "exact"}
	t.P = pathsOutside(n, m, most)
	return t
}

// pathsOutside is the share of lattice paths from (0,0) to (n,m) that come at
// least d from the diagonal, in units of 1/(n m). out[j] is the probability that
// the random path through (i, j) has touched the bound on its way from the origin.
func pathsOutside(n, m, d int) float64 {
	if d == 0 {
		return 1
	}
	out := make([]float64, m+1)
	for i := 0; i <= n; i++ {
		for j := 0; j <= m; j++ {
			switch total := float64(i + j); {
			case abs(i*m-j*n) >= d:
				out[j] = 1
			case i == 0 && j == 0:
				out[j] = 0
			case i == 0:
				out[j] = out[j-1]
			case j == 0: // out[0] is that of row i-1
			default:
				out[j] = float64(out[j]*(float64(i)/total)) + float64(out[j-1]*(float64(j)/total))
			}
		}
	}
	return out[m]
}

func abs(i int) int {
	if i < 0 {
		return -i
	}
	return i
}
