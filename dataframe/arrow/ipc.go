package arrow

import (
	"bytes"
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"

	"reprise/dataframe"
)

// WriteIPC writes a frame as an Arrow IPC file (Feather version 2).
func WriteIPC(w io.Writer, df dataframe.DataFrame) error {
	record, err := ToRecord(df)
	if err != nil {
		return err
	}
	defer record.Release()
	out, err := ipc.NewFileWriter(w, ipc.WithSchema(record.Schema()))
	if err != nil {
		return fmt.Errorf("arrow: WriteIPC: %w", err)
	}
	if err := out.Write(record); err != nil {
		return fmt.Errorf("arrow: WriteIPC: %w", err)
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("arrow: WriteIPC: %w", err)
	}
	return nil
}

// fileMagic begins an Arrow IPC file; a stream has none.
var fileMagic = []byte("ARROW1")

// ReadIPC reads an Arrow IPC file or stream.
func ReadIPC(r io.Reader) (dataframe.DataFrame, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("arrow: ReadIPC: %w", err)
	}
	records, schema, err := readRecords(data)
	if err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("arrow: ReadIPC: %w", err)
	}
	table := array.NewTableFromRecords(schema, records)
	defer table.Release()
	return fromTable(table)
}

func readRecords(data []byte) (records []arrow.RecordBatch, schema *arrow.Schema, err error) {
	if bytes.HasPrefix(data, fileMagic) {
		in, err := ipc.NewFileReader(bytes.NewReader(data))
		if err != nil {
			return nil, nil, err
		}
		for i := range in.NumRecords() {
			record, err := in.RecordBatchAt(i)
			if err != nil {
				return nil, nil, fmt.Errorf("record %d: %w", i, err)
			}
			records = append(records, record)
		}
		return records, in.Schema(), nil
	}
	in, err := ipc.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, nil, err
	}
	for in.Next() {
		record := in.RecordBatch()
		record.Retain()
		records = append(records, record)
	}
	return records, in.Schema(), in.Err()
}
