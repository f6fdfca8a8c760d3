package exact

import "strings"

// switchedOff reads GODEBUG as the runtime does: key=off for one of the keys; the last setting of a key holds.
func switchedOff(godebug string, keys ...string) bool {
	off := map[string]bool{}
	for _, field := range strings.Split(godebug, ",") {
		key, value, _ := strings.Cut(field, "=")
		off[key] = value == "off"
	}
	for _, key := range keys {
		if off[key] {
			return true
		}
	}
	return false
}
