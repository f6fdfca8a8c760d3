package kernel

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	_ "modernc.org/sqlite" // SQLite as Go: no cgo

	"reprise/kernel/wire"
)

// sqliteHistory is a history in a file with the tables of IPython's
// history.sqlite, so that what reads the one reads the other.
type sqliteHistory struct {
	db      *sql.DB
	tx      *sql.Tx // between begin and commit
	session int
	cells   int
}

const historyTables = `
CREATE TABLE IF NOT EXISTS sessions (session INTEGER PRIMARY KEY AUTOINCREMENT, start TIMESTAMP, end TIMESTAMP, num_cmds INTEGER, remark TEXT);
CREATE TABLE IF NOT EXISTS history (session INTEGER, line INTEGER, source TEXT, source_raw TEXT, PRIMARY KEY (session, line));
CREATE TABLE IF NOT EXISTS output_history (session INTEGER, line INTEGER, output TEXT, PRIMARY KEY (session, line));`

// historyColumns are what a HistoryLine is read from.
const historyColumns = `SELECT h.session, h.line, h.source_raw, o.output FROM history h
LEFT JOIN output_history o ON o.session = h.session AND o.line = h.line `

// openSQLite opens or makes the file and begins a session. Other kernels may
// have it open too: each write waits up to 5 s for theirs. The journal is not
// a write-ahead log because homes on network file systems cannot share one.
func openSQLite(path string) (*sqliteHistory, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	name := "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(filepath.ToSlash(path))
	db, err := sql.Open("sqlite", name+"?_pragma=busy_timeout(5000)&_pragma=journal_mode(truncate)&_pragma=synchronous(normal)&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // one owner, one connection
	h := &sqliteHistory{db: db}
	if err := h.start(); err != nil {
		db.Close()
		return nil, err
	}
	return h, nil
}

func (h *sqliteHistory) start() error {
	if _, err := h.db.Exec(historyTables); err != nil {
		return err
	}
	return h.db.QueryRow(`INSERT INTO sessions (start, num_cmds, remark) VALUES (?, 0, '') RETURNING session`, now()).Scan(&h.session)
}

// now is the time as IPython writes it.
func now() string { return time.Now().Format("2006-01-02 15:04:05.000000") }

func (h *sqliteHistory) begin() (err error) { h.tx, err = h.db.Begin(); return err }

func (h *sqliteHistory) commit() error {
	if h.tx == nil {
		return nil
	}
	tx := h.tx
	h.tx = nil
	return tx.Commit()
}

// querier is the transaction, or the database outside of one.
func (h *sqliteHistory) querier() interface {
	Exec(string, ...any) (sql.Result, error)
	Query(string, ...any) (*sql.Rows, error)
} {
	if h.tx != nil {
		return h.tx
	}
	return h.db
}

func (h *sqliteHistory) Add(line int, source string) error {
	h.cells++
	_, err := h.querier().Exec(`INSERT OR REPLACE INTO history VALUES (?, ?, ?, ?)`, h.session, line, source, source)
	return err
}

func (h *sqliteHistory) SetOutput(line int, text string) error {
	_, err := h.querier().Exec(`INSERT OR REPLACE INTO output_history VALUES (?, ?, ?)`, h.session, line, text)
	return err
}

func (h *sqliteHistory) Tail(n int) ([]wire.HistoryLine, error) {
	return h.newest(historyColumns+`ORDER BY h.session DESC, h.line DESC LIMIT ?`, limit(n))
}

func (h *sqliteHistory) Range(session, start int, stop *int) ([]wire.HistoryLine, error) {
	if session <= 0 {
		session = h.back(-session)
	}
	end := int64(1) << 62
	if stop != nil {
		end = int64(*stop)
	}
	return h.newest(historyColumns+`WHERE h.session = ? AND h.line >= ? AND h.line < ? ORDER BY h.line DESC`, session, start, end)
}

// back is the session n before this one, of those in which anything was run; 0 if there is none.
func (h *sqliteHistory) back(n int) (session int) {
	if n == 0 {
		return h.session
	}
	rows, err := h.querier().Query(`SELECT DISTINCT session FROM history WHERE session < ? ORDER BY session DESC LIMIT 1 OFFSET ?`, h.session, n-1)
	if err != nil {
		return 0
	}
	defer rows.Close()
	if rows.Next() {
		rows.Scan(&session)
	}
	return session
}

func (h *sqliteHistory) Search(pattern string, n int, unique bool) ([]wire.HistoryLine, error) {
	if pattern == "" {
		pattern = "*"
	}
	pattern = strings.ReplaceAll(pattern, "[", "[[]") // code is full of brackets: they stand for themselves
	if !unique {
		return h.newest(historyColumns+`WHERE h.source_raw GLOB ? ORDER BY h.session DESC, h.line DESC LIMIT ?`, pattern, limit(n))
	}
	// With max(), SQLite takes the other columns from the row that has it: the last place of each source.
	return h.newest(`SELECT h.session, h.line, h.source_raw, o.output FROM
(SELECT session, line, source_raw, max((session << 32) + line) AS place FROM history WHERE source_raw GLOB ? GROUP BY source_raw) h
LEFT JOIN output_history o ON o.session = h.session AND o.line = h.line ORDER BY h.place DESC LIMIT ?`, pattern, limit(n))
}

// limit is SQL's for at most n: -1 for no limit.
func limit(n int) int {
	if n <= 0 {
		return -1
	}
	return n
}

// newest reads lines that come newest first and gives them oldest first.
func (h *sqliteHistory) newest(query string, args ...any) ([]wire.HistoryLine, error) {
	rows, err := h.querier().Query(query, args...)
	if err != nil {
		return nil, fmt.Errorf("kernel: history: %w", err)
	}
	defer rows.Close()
	var lines []wire.HistoryLine
	for rows.Next() {
		var l wire.HistoryLine
		if err := rows.Scan(&l.Session, &l.Line, &l.Source, &l.Output); err != nil {
			return nil, fmt.Errorf("kernel: history: %w", err)
		}
		lines = append(lines, l)
	}
	slices.Reverse(lines)
	return lines, rows.Err()
}

// Close ends the session; one in which nothing was run leaves no trace.
func (h *sqliteHistory) Close() error {
	query := `UPDATE sessions SET end = ?, num_cmds = ? WHERE session = ?`
	args := []any{now(), h.cells, h.session}
	if h.cells == 0 {
		query, args = `DELETE FROM sessions WHERE session = ?`, []any{h.session}
	}
	_, err := h.db.Exec(query, args...)
	return errors.Join(err, h.db.Close())
}
