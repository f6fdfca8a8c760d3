// Package dataframe gives gota's DataFrame the habits of pandas: verbs under
// pandas' names with pandas' semantics, exact digits in and out, and typed bulk
// access to the columns so that no verb boxes a number.
//
// Every verb is a function that takes and returns gota's dataframe.DataFrame
// and leaves its arguments alone; the result never shares memory with them.
// One verb is one file, and its options are a struct whose zero value is what
// pandas does by default.
//
// # Mistakes
//
// Verbs that chain (Shift, Concat, DropNaN, GroupBy...) panic with an error
// value that names the verb, the column and the cure, as gonum does for wrong
// shapes; the kernel shows it as an error of the cell. What reads or writes
// outside the process (ReadCSV, WriteCSV, ReadSQL...) returns an error.
//
// # Missing values
//
// Each gota type can hold a missing value. Where pandas turns a column of
// integers into floats because a hole appeared, so does the verb here. The text
// "NaN" is a text, the empty text too; neither is missing.
//
// # Row labels
//
// A gota frame has no index. Rows are numbered 0, 1, 2... unless the frame
// carries its labels as a column whose name begins with "index:" (see SetIndex,
// WithIndex, ResetIndex). Every verb knows that column: it moves with its rows,
// aligns Concat as in pandas, and is neither shifted nor averaged nor part of
// Values.
//
// # Arithmetic
//
// Results are the same bits on every machine: sums follow NumPy's pairwise
// order, products are rounded before they are added, and work that is spread
// over processors is split by column or by fixed blocks.
package dataframe
