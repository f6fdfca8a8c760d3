package dataframe

import (
	"fmt"
	"strings"
	"time"
)

// timeLayouts are the ways to write a time that are understood, the common ones of
// pandas and ISO 8601. What has no zone is UTC.
var timeLayouts = []string{
	"2006-01-02", "2006-01-02 15:04:05", "2006-01-02T15:04:05", time.RFC3339,
	"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04", "2006-01-02T15:04", "2006-01",
	"2006/01/02", "2006/01/02 15:04:05", "20060102",
}

// parseTime reads a time in one of the layouts, fractions of seconds included.
func parseTime(text string) (time.Time, error) {
	text = strings.TrimSpace(text)
	for _, layout := range timeLayouts {
		if when, err := time.Parse(layout, text); err == nil {
			return when, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no time; write it like 2024-01-31 or 2024-01-31 12:30:00", text)
}

// formatTime writes a time as pandas prints it: the date alone at midnight.
func formatTime(when time.Time) string {
	when = when.UTC()
	layout := "2006-01-02 15:04:05.999999999"
	if when.Equal(when.Truncate(24 * time.Hour)) {
		layout = "2006-01-02"
	}
	return when.Format(layout)
}
