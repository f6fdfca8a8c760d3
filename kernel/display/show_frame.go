package display

import (
	gota "github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"reprise/dataframe"
)

// showFrame shows a frame as pandas does. The error that gota hides inside a
// failed frame is an error here.
func showFrame(_ Options, df gota.DataFrame) (Bundle, error) {
	if df.Err != nil {
		return Bundle{}, df.Err
	}
	return Bundle{Data: map[string]any{Text: dataframe.Text(df), HTML: dataframe.HTML(df)}}, nil
}

// showSeries shows a series as a frame of one column.
func showSeries(o Options, s series.Series) (Bundle, error) {
	if s.Err != nil {
		return Bundle{}, s.Err
	}
	return showFrame(o, gota.New(s))
}
