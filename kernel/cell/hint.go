package cell

// hints proposes cures for the common slips.
func (v *view) hints(e *Errors) []string { return nil }
