package experiment

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"time"
)

// A store is a file of results to which lines are added and in which none is changed:
//
//	# reprise experiment results 1: checksum, key, result
//	7d5b0c1e 3f…64 hexadecimal digits… {"run":0,"score":"0.0123","draws":[…],"by":"…"}
//
// The checksum is the CRC-32C of what follows it. A line is written with its line break in front, by one
// write to a file opened for appending. So whatever a crash or a full disk has left of a line, the
// next one stands on its own; and two processes can write at once. A line that its
// checksum does not confirm holds no result: its run is played again.
//
// The system has every result before the next run begins: the end of the process, kill
// -9 too, loses none. The disk has it a second later at most (or when the next run
// ends, if that is later): so much a power cut can lose.
type store struct {
	path   string
	key    string
	file   appender
	synced time.Time
	dirty  bool
}

// An appender is an *os.File opened for appending.
type appender interface {
	io.WriteCloser
	Sync() error
}

// mostRun bounds the numbers of runs.
const mostRun = 1 << 26

const storeHead = "# reprise experiment results 1: checksum, key, result"

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// openStore opens or makes the file and returns it with the results that it holds for key,
// and with the number of lines that hold nothing.
func openStore(path, key, name string) (s *store, held *table, damaged int, err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o666)
	if err != nil {
		return nil, nil, 0, fmt.Errorf("experiment: store: %w", err)
	}
	s = &store{path: path, key: key, file: f, synced: time.Now()}
	if held, damaged, err = s.read(f, name); err == nil {
		err = s.head(f)
	}
	if err != nil {
		f.Close()
		return nil, nil, 0, err
	}
	return s, held, damaged, nil
}

// head makes an empty file tell what it is. Two processes may both do so.
func (s *store) head(f *os.File) error {
	if info, err := f.Stat(); err != nil || info.Size() > 0 {
		return err
	}
	_, err := s.file.Write([]byte(storeHead))
	return s.failed(err)
}

// read takes the results of the store's key, in one pass and one line of memory.
func (s *store) read(f io.Reader, name string) (held *table, damaged int, err error) {
	held = newTable()
	lines := bufio.NewReaderSize(f, 1<<16)
	for n := 1; err == nil; n++ {
		var line []byte
		if line, err = lines.ReadBytes('\n'); err != nil && err != io.EOF {
			return nil, 0, s.failed(err)
		}
		line = bytes.TrimRight(line, "\r\n")
		if n == 1 && len(line) > 0 && line[0] != '#' {
			return nil, 0, fmt.Errorf("experiment: %s is not a store of results: its first line does not begin with #; name another file, or one that is not there yet", s.path)
		}
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		r, ok, mine := s.parse(line)
		if !ok {
			damaged++
		}
		if !mine {
			continue
		}
		if r.By == "" {
			r.By = s.path
		}
		if _, err := held.add(name, r); err != nil {
			return nil, 0, err
		}
	}
	return held, damaged, nil
}

// parse reads one line; of other keys it checks the sum only.
func (s *store) parse(line []byte) (r Result, ok, mine bool) {
	if len(line) < 9 || line[8] != ' ' || string(line[:8]) != sumText(line[9:]) {
		return r, false, false
	}
	key, text, found := bytes.Cut(line[9:], []byte(" "))
	if !found || string(key) != s.key {
		return r, found, false
	}
	if err := json.Unmarshal(text, &r); err != nil || r.Task.Run < 0 || r.Task.Run >= mostRun {
		return r, false, false
	}
	return r, true, true
}

func sumText(data []byte) string { return fmt.Sprintf("%08x", crc32.Checksum(data, castagnoli)) }

// add appends a result.
func (s *store) add(r Result) error {
	if r.By == "" {
		r.By = thisProcess()
	}
	text, err := r.MarshalJSON()
	if err != nil {
		return err
	}
	rest := s.key + " " + string(text)
	if _, err := s.file.Write([]byte("\n" + sumText([]byte(rest)) + " " + rest)); err != nil {
		return s.failed(err)
	}
	s.dirty = true
	if time.Since(s.synced) < time.Second {
		return nil
	}
	return s.sync()
}

func (s *store) sync() error {
	if !s.dirty {
		return nil
	}
	s.dirty, s.synced = false, time.Now()
	return s.failed(s.file.Sync())
}

func (s *store) close() error { return errors.Join(s.sync(), s.failed(s.file.Close())) }

// failed says what an error of the file means for the results.
func (s *store) failed(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("experiment: store %s: %w; the results that it had taken stay in it, this session keeps the others: make room, or whatever it takes, and run the cell again", s.path, err)
}

// thisProcess names the writer of a result, for messages about differences.
func thisProcess() string {
	host, err := os.Hostname()
	if err != nil {
		host = "this machine"
	}
	return fmt.Sprintf("process %d on %s", os.Getpid(), host)
}
