package dataframe

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// FromSQL reads all rows of a query and closes them. NULL is missing; a time
// becomes text that sorts and parses; bytes become text. A column's type is that
// of its values: whole numbers, numbers, text or bools.
func FromSQL(rows *sql.Rows) (df DataFrame, err error) {
	defer func() {
		if closing := rows.Close(); err == nil && closing != nil {
			err = closing
		}
		if err != nil {
			df, err = DataFrame{}, fmt.Errorf("dataframe: FromSQL: %w", err)
		}
	}()
	names, err := rows.Columns()
	if err != nil {
		return df, err
	}
	values := make([][]any, len(names))
	row, places := make([]any, len(names)), make([]any, len(names))
	for i := range row {
		places[i] = &row[i]
	}
	n := 0
	for ; rows.Next(); n++ {
		if err := rows.Scan(places...); err != nil {
			return df, fmt.Errorf("row %d: %w", n, err)
		}
		for c, x := range row {
			values[c] = append(values[c], sqlValue(x))
		}
	}
	if err := rows.Err(); err != nil {
		return df, fmt.Errorf("after row %d: %w", n, err)
	}
	t := table{rows: n}
	for c, name := range names {
		v, err := vectorOfAny(values[c])
		if err != nil {
			return df, fmt.Errorf("column %q: %w", name, err)
		}
		if anyMissing(v) {
			v = withHoles(v)
		}
		t.columns = append(t.columns, column{name, v})
	}
	return t.frame(), nil
}

// ReadSQL runs a query and reads its rows.
func ReadSQL(ctx context.Context, db *sql.DB, query string, args ...any) (DataFrame, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return DataFrame{}, fmt.Errorf("dataframe: ReadSQL: %w", err)
	}
	return FromSQL(rows)
}

func sqlValue(x any) any {
	switch x := x.(type) {
	case []byte:
		return string(x)
	case time.Time:
		return formatTime(x)
	}
	return plain(x)
}
