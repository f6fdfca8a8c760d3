package arrow

import (
	"fmt"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/go-gota/gota/series"

	"reprise/dataframe"
)

// ToRecord copies a frame into an Arrow record; Release it when done.
func ToRecord(df dataframe.DataFrame) (arrow.RecordBatch, error) {
	if df.Err != nil {
		return nil, fmt.Errorf("arrow: ToRecord: the frame holds an error: %w", df.Err)
	}
	names, kinds := df.Names(), df.Types()
	fields, columns := make([]arrow.Field, len(names)), make([]arrow.Array, len(names))
	numbered := make([]string, len(names)) // names may repeat, numbers do not
	for i := range names {
		numbered[i] = strconv.Itoa(i)
	}
	if len(names) > 0 {
		df = df.Subset(allRows(df.Nrow()))
		if err := df.SetNames(numbered...); err != nil {
			return nil, fmt.Errorf("arrow: ToRecord: %w", err)
		}
	}
	for i := range names {
		columns[i] = toArray(df, numbered[i], kinds[i])
		defer columns[i].Release()
		fields[i] = arrow.Field{Name: names[i], Type: columns[i].DataType(), Nullable: true}
	}
	return array.NewRecordBatch(arrow.NewSchema(fields, nil), columns, int64(df.Nrow())), nil
}

func allRows(n int) []int {
	rows := make([]int, n)
	for i := range rows {
		rows[i] = i
	}
	return rows
}

func toArray(df dataframe.DataFrame, name string, kind series.Type) arrow.Array {
	valid := dataframe.IsNaN(df, name)
	for i := range valid {
		valid[i] = !valid[i]
	}
	mem := memory.NewGoAllocator()
	switch kind {
	case series.Float:
		b := array.NewFloat64Builder(mem)
		b.AppendValues(dataframe.Floats(df, name), valid)
		return b.NewArray()
	case series.Int:
		b := array.NewInt64Builder(mem)
		for i, n := range dataframe.Ints(dataframe.FillNaN(df, 0, name), name) {
			appendOr(b, valid[i], func() { b.Append(int64(n)) })
		}
		return b.NewArray()
	case series.Bool:
		b := array.NewBooleanBuilder(mem)
		b.AppendValues(dataframe.Bools(dataframe.FillNaN(df, false, name), name), valid)
		return b.NewArray()
	}
	b := array.NewStringBuilder(mem)
	b.AppendValues(dataframe.Strings(df, name), valid)
	return b.NewArray()
}

func appendOr(b array.Builder, valid bool, add func()) {
	if valid {
		add()
		return
	}
	b.AppendNull()
}

// FromRecord copies an Arrow record into a frame.
func FromRecord(record arrow.RecordBatch) (dataframe.DataFrame, error) {
	table := array.NewTableFromRecords(record.Schema(), []arrow.RecordBatch{record})
	defer table.Release()
	return fromTable(table)
}

// fromTable copies Arrow columns. Whole numbers with nulls become floats, as in
// pandas; dates and times become text that sorts and parses; a null is missing.
func fromTable(table arrow.Table) (dataframe.DataFrame, error) {
	rows, names := int(table.NumRows()), []string{}
	var columns []any
	for i := range int(table.NumCols()) {
		c := table.Column(i)
		values := make([]any, 0, rows)
		for _, chunk := range c.Data().Chunks() {
			for r := range chunk.Len() {
				x, err := value(chunk, r)
				if err != nil {
					return dataframe.DataFrame{}, fmt.Errorf("arrow: column %q, row %d: %w", c.Name(), len(values), err)
				}
				values = append(values, x)
			}
		}
		names, columns = append(names, c.Name()), append(columns, typed(values, c.DataType()))
	}
	return dataframe.FromColumns(names, columns...), nil
}
