package dataframe_test

import (
	"context"
	"database/sql"
	"fmt"

	_ "modernc.org/sqlite" // any database/sql driver will do

	"reprise/dataframe"
)

func ExampleReadSQL() {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer db.Close()
	df, err := dataframe.ReadSQL(context.Background(), db, "select 1 as n, 0.5 as x union all select 2, null")
	show(df)
	fmt.Println(err)
	// Output:
	//    n    x
	// 0  1  0.5
	// 1  2  NaN
	//
	// [2 rows x 2 columns]
	// <nil>
}
