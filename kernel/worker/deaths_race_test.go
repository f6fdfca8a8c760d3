//go:build race

package worker

var plainDeaths []death
