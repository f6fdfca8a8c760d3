package arrow

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"reprise/dataframe"
)

// rowGroup is the number of rows that are stored together, pyarrow's default.
const rowGroup = 1 << 20

// WriteParquet writes a frame as a Parquet file, compressed with Snappy.
func WriteParquet(w io.Writer, df dataframe.DataFrame) error {
	record, err := ToRecord(df)
	if err != nil {
		return err
	}
	defer record.Release()
	table := array.NewTableFromRecords(record.Schema(), []arrow.RecordBatch{record})
	defer table.Release()
	properties := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Snappy))
	// The schema is stored too, so that empty columns keep their types.
	options := pqarrow.NewArrowWriterProperties(pqarrow.WithStoreSchema())
	if err := pqarrow.WriteTable(table, w, rowGroup, properties, options); err != nil {
		return fmt.Errorf("arrow: WriteParquet: %w", err)
	}
	return nil
}

// ReadParquet reads a Parquet file.
func ReadParquet(r io.Reader) (dataframe.DataFrame, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("arrow: ReadParquet: %w", err)
	}
	table, err := pqarrow.ReadTable(context.Background(), bytes.NewReader(data), nil, pqarrow.ArrowReadProperties{}, memory.NewGoAllocator())
	if err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("arrow: ReadParquet: %w", err)
	}
	defer table.Release()
	return fromTable(table)
}

// WriteParquetFile is WriteParquet to a file, which it makes or replaces.
func WriteParquetFile(path string, df dataframe.DataFrame) error {
	var b bytes.Buffer
	if err := WriteParquet(&b, df); err != nil {
		return err
	}
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		return fmt.Errorf("arrow: WriteParquet: %w", err)
	}
	return nil
}

// ReadParquetFile is ReadParquet of a file.
func ReadParquetFile(path string) (dataframe.DataFrame, error) {
	file, err := os.Open(path)
	if err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("arrow: ReadParquet: %w", err)
	}
	defer file.Close()
	return ReadParquet(file)
}
