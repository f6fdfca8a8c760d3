package dataframe

import (
	"reflect"
	"unsafe"

	gota "github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// memoryAccess reaches gota's unexported fields by their offsets. gota keeps
// a column as an interface that holds a slice of {e T; nan bool}; its public
// methods cost two dynamic calls and a boxed number per cell.
type memoryAccess struct {
	columnsAt  uintptr // DataFrame.columns []series.Series
	ncolsAt    uintptr
	nrowsAt    uintptr
	elementsAt uintptr // Series.elements, an interface
}

// iface is the memory of a non-empty interface value.
type iface struct {
	_    unsafe.Pointer
	data unsafe.Pointer
}

func (m memoryAccess) columns(df DataFrame) []column {
	all := *(*[]series.Series)(unsafe.Add(unsafe.Pointer(&df), m.columnsAt))
	out := make([]column, len(all))
	for i := range all {
		data := m.elements(&all[i]).data
		out[i].name = all[i].Name
		switch all[i].Type() {
		case series.Float:
			out[i].vector = *(*cells[float64])(data)
		case series.Int:
			out[i].vector = *(*cells[int])(data)
		case series.Bool:
			out[i].vector = *(*cells[bool])(data)
		default:
			out[i].vector = *(*cells[string])(data)
		}
	}
	return out
}

func (m memoryAccess) frame(rows int, columns []column) DataFrame {
	all := make([]series.Series, len(columns))
	for i, c := range columns {
		all[i] = series.New([]string{}, c.kind(), c.name)
		m.elements(&all[i]).data = boxed(c.vector)
	}
	var df DataFrame
	p := unsafe.Pointer(&df)
	*(*[]series.Series)(unsafe.Add(p, m.columnsAt)) = all
	*(*int)(unsafe.Add(p, m.ncolsAt)) = len(columns)
	*(*int)(unsafe.Add(p, m.nrowsAt)) = rows
	return df
}

func (m memoryAccess) elements(s *series.Series) *iface {
	return (*iface)(unsafe.Add(unsafe.Pointer(s), m.elementsAt))
}

// boxed puts a slice header where an interface can point to it.
func boxed(v vector) unsafe.Pointer {
	switch v := v.(type) {
	case cells[float64]:
		return unsafe.Pointer(&v)
	case cells[int]:
		return unsafe.Pointer(&v)
	case cells[bool]:
		return unsafe.Pointer(&v)
	case cells[string]:
		return unsafe.Pointer(&v)
	}
	panic("dataframe: unknown vector")
}

// findLayout compares gota's types, as reflect sees them, with what memoryAccess
// takes for granted, and tries it on a small frame.
func findLayout() (access, bool) {
	frame, col := reflect.TypeFor[gota.DataFrame](), reflect.TypeFor[series.Series]()
	columns, ok1 := frame.FieldByName("columns")
	ncols, ok2 := frame.FieldByName("ncols")
	nrows, ok3 := frame.FieldByName("nrows")
	elements, ok4 := col.FieldByName("elements")
	if !ok1 || !ok2 || !ok3 || !ok4 || columns.Type != reflect.SliceOf(col) ||
		ncols.Type.Kind() != reflect.Int || nrows.Type.Kind() != reflect.Int ||
		elements.Type.Kind() != reflect.Interface || elements.Type.NumMethod() == 0 ||
		!sameCells[float64](series.Float) || !sameCells[int](series.Int) ||
		!sameCells[bool](series.Bool) || !sameCells[string](series.String) {
		return nil, false
	}
	m := memoryAccess{columns.Offset, ncols.Offset, nrows.Offset, elements.Offset}
	return m, m.works()
}

// sameCells compares gota's elements of a type with cells[T], field by field.
func sameCells[T element](kind series.Type) bool {
	all := reflect.ValueOf(series.New([]string{"1"}, kind, "")).FieldByName("elements").Elem()
	if all.Kind() != reflect.Slice || all.Type().Elem().Kind() != reflect.Struct {
		return false
	}
	theirs, ours := all.Type().Elem(), reflect.TypeFor[cell[T]]()
	if theirs.NumField() != ours.NumField() || theirs.Size() != ours.Size() {
		return false
	}
	for i := range ours.NumField() {
		a, b := theirs.Field(i), ours.Field(i)
		if a.Name != b.Name || a.Type != b.Type || a.Offset != b.Offset {
			return false
		}
	}
	return true
}

// works sends two rows through gota and back.
func (m memoryAccess) works() bool {
	in := cells[float64]{{e: 1.5}, makeCell[float64](nil)}
	df := m.frame(2, []column{{"a", in}})
	if df.Nrow() != 2 || df.Ncol() != 1 || df.Elem(0, 0).Float() != 1.5 || !df.Elem(1, 0).IsNA() {
		return false
	}
	out := m.columns(gota.New(series.New([]string{"x", "y"}, series.String, "s")))
	text, ok := out[0].vector.(cells[string])
	return ok && len(text) == 2 && text[1].e == "y" && out[0].name == "s"
}
