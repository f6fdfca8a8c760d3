package worker

// joinLimit is how long joined text may grow before it is shown.
const joinLimit = 64 << 10

// A joiner makes few large pieces of stream text out of many small ones: a cell
// prints line by line, and every piece that is shown costs a message. It never shows half a character
// as long as the other half may come.
type joiner struct {
	show func(run uint64, name, text string)

	at    place
	text  []byte           // of at, not shown yet
	halfs map[place][]byte // begun characters of other places
}

// A place is where text goes.
type place struct {
	run  uint64
	name string
}

func (j *joiner) add(run uint64, name string, text []byte) {
	if at := (place{run, name}); at != j.at {
		j.leave()
		j.at, j.text = at, append(j.text[:0], j.halfs[at]...)
		delete(j.halfs, at)
	}
	j.text = append(j.text, text...)
	if len(j.text) >= joinLimit {
		j.ready()
	}
}

// ready shows what is there, but for half a character at its end.
func (j *joiner) ready() {
	n := len(j.text) - partialRune(j.text)
	if n > 0 {
		j.show(j.at.run, j.at.name, string(j.text[:n]))
		j.text = j.text[:copy(j.text, j.text[n:])]
	}
}

// leave puts a half aside until its place comes again.
func (j *joiner) leave() {
	j.ready()
	if len(j.text) > 0 {
		if j.halfs == nil {
			j.halfs = map[place][]byte{}
		}
		j.halfs[j.at] = append([]byte(nil), j.text...)
	}
	j.text = j.text[:0]
}

// flush shows everything, halves that will never be whole too.
func (j *joiner) flush() {
	j.leave()
	for at, half := range j.halfs {
		j.show(at.run, at.name, string(half))
	}
	clear(j.halfs)
}
