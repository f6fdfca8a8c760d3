//go:build !race

package worker

// plainDeaths are those on which the race detector has its own opinion.
var plainDeaths = []death{
	{"maps", "concurrent map"},
	{"memory", "out of memory"},
}
