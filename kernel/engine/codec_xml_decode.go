package engine

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"go/types"
	"io"
	"reflect"
	"strings"
)

// An xmlReader decodes XML into variables of cells, as a jsonReader does JSON: what compiled code would see
// otherwise than it is gets its tokens, which are then decoded in turn.
type xmlReader struct{ *codec }

// XMLUnmarshal is xml.Unmarshal into a variable of cells.
func (t *typeTable) XMLUnmarshal(data []byte, v any) error {
	return t.XMLDecode(xml.NewDecoder(bytes.NewReader(data)), v)
}

// XMLDecode is the method Decode of an xml.Decoder.
func (t *typeTable) XMLDecode(d *xml.Decoder, v any) error { return t.XMLDecodeElement(d, v, nil) }

// XMLDecodeElement is the method DecodeElement of an xml.Decoder.
func (t *typeTable) XMLDecodeElement(d *xml.Decoder, v any, start *xml.StartElement) error {
	r := &xmlReader{t.xmlCodec("UnmarshalXML", "UnmarshalXMLAttr", "UnmarshalText")}
	r.closed = true
	dst, typ := r.resolve(reflect.ValueOf(v), nil)
	if dst.Kind() != reflect.Pointer || dst.IsNil() || typ == nil || !r.needs(typ) {
		if dst.IsValid() {
			v = dst.Interface()
		}
		return d.DecodeElement(v, start)
	}
	for start == nil {
		token, err := d.Token()
		if err != nil {
			return err
		}
		if s, ok := token.(xml.StartElement); ok {
			start = &s
		}
	}
	p, ok := typ.Underlying().(*types.Pointer)
	if !ok {
		return d.DecodeElement(dst.Interface(), start)
	}
	return r.value(d, *start, dst.Elem(), p.Elem())
}

// value decodes an element into a variable. A list grows by it.
func (r *xmlReader) value(d *xml.Decoder, start xml.StartElement, dst reflect.Value, t types.Type) error {
	if p, ok := t.Underlying().(*types.Pointer); ok && r.needs(t) {
		to := dst
		for to.Kind() == reflect.Interface {
			to = to.Elem()
		}
		if !to.IsValid() || to.IsNil() {
			to = reflect.New(r.table.pointed(dst.Type(), p))
			dst.Set(to)
		}
		return r.value(d, start, to.Elem(), p.Elem())
	}
	if !r.needs(t) {
		return d.DecodeElement(dst.Addr().Interface(), &start)
	}
	if x, receiver := r.custom(dst, t); x != nil {
		if f, ok := x.method("UnmarshalXML").(func(any, *xml.Decoder, xml.StartElement) error); ok {
			return f(receiver, d, start)
		}
		if f, ok := x.method("UnmarshalText").(func(any, []byte) error); ok {
			var text string
			if err := d.DecodeElement(&text, &start); err != nil {
				return err
			}
			return f(receiver, []byte(text))
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Slice:
		elem := reflect.New(dst.Type().Elem()).Elem()
		err := r.value(d, start, elem, u.Elem())
		dst.Set(reflect.Append(dst, elem))
		return err
	case *types.Struct:
		if dst.Kind() == reflect.Struct && dst.NumField() == u.NumFields() {
			return r.structure(d, start, dst, u)
		}
	}
	return d.DecodeElement(dst.Addr().Interface(), &start)
}

// pointed is the reflect type of what a pointer of a cell points to: of a type that refers to itself, reflection
// shows the pointer as an interface.
func (t *typeTable) pointed(rt reflect.Type, p *types.Pointer) reflect.Type {
	if rt.Kind() == reflect.Pointer {
		return rt.Elem()
	}
	return t.reflected(p.Elem())
}

// structure decodes into a struct that looks as compiled code has to see it, and hands the fields over.
func (r *xmlReader) structure(d *xml.Decoder, start xml.StartElement, dst reflect.Value, u *types.Struct) error {
	like := reflect.New(r.shape(dst.Type(), u))
	r.fill(like.Elem(), dst, u)
	if err := d.DecodeElement(like.Interface(), &start); err != nil {
		return err
	}
	return r.take(like.Elem(), dst, u)
}

func (r *xmlReader) shape(rt reflect.Type, u *types.Struct) reflect.Type {
	var fields []reflect.StructField
	for _, f := range r.fields(u) {
		switch f.Type = rt.Field(f.at).Type; {
		case f.Anonymous:
			in, t := f.Type, f.typ
			if p, ok := t.Underlying().(*types.Pointer); ok {
				f.Type = reflect.PointerTo(r.shape(r.table.pointed(in, p), embedded(t)))
			} else {
				f.Type = r.shape(in, embedded(t))
			}
		case r.needs(f.typ):
			f.Type, f.Tag = r.part(f), namedTag(f)
		}
		fields = append(fields, f.StructField)
	}
	return reflect.StructOf(fields)
}

// part is the type that takes the tokens of a field, the attributes or the text.
func (r *xmlReader) part(f field) reflect.Type {
	tag := f.Tag.Get("xml")
	part := reflect.TypeFor[xmlPart]()
	switch {
	case hasOption(tag, "attr"):
		part = reflect.TypeFor[xmlAttrPart]()
	case hasOption(tag, "chardata") || hasOption(tag, "cdata"):
		return reflect.TypeFor[xmlTextPart]()
	}
	if r.lists(f.typ) {
		return reflect.SliceOf(part)
	}
	return part
}

// lists reports whether a type takes several elements of a name: it has no method that takes them one by one.
func (r *xmlReader) lists(t types.Type) bool {
	_, ok := t.Underlying().(*types.Slice)
	return ok && r.owner(t) == nil && r.owner(types.NewPointer(t)) == nil
}

// namedTag is the tag of a field with the name that its type gives its elements, if it has none of its own.
func namedTag(f field) reflect.StructTag {
	tag := f.Tag.Get("xml")
	if u := embedded(f.typ); u != nil && (tag == "" || tag[0] == ',') {
		if name, ok := xmlName(u); ok && name != "" {
			return reflect.StructTag(`xml:"` + strings.Split(name, ",")[0] + tag + `"`)
		}
	}
	return f.Tag
}

func (r *xmlReader) fill(like, src reflect.Value, u *types.Struct) {
	for i, f := range r.fields(u) {
		fv := src.Field(f.at)
		switch {
		case f.Anonymous && fv.Kind() == reflect.Struct:
			r.fill(like.Field(i), fv, embedded(f.typ))
		case !f.Anonymous && !r.needs(f.typ):
			like.Field(i).Set(fv)
		}
	}
}

func (r *xmlReader) take(like, dst reflect.Value, u *types.Struct) (first error) {
	for i, f := range r.fields(u) {
		lv, fv := like.Field(i), dst.Field(f.at)
		switch {
		case f.Anonymous && lv.Kind() == reflect.Struct:
			first = cmp.Or(first, r.take(lv, fv, embedded(f.typ)))
		case f.Anonymous && !lv.IsNil():
			p := f.typ.Underlying().(*types.Pointer)
			if fv.IsNil() {
				fv.Set(reflect.New(r.table.pointed(fv.Type(), p)))
			}
			for fv.Kind() == reflect.Interface {
				fv = fv.Elem()
			}
			first = cmp.Or(first, r.take(lv.Elem(), fv.Elem(), embedded(f.typ)))
		case f.Anonymous:
		case !r.needs(f.typ):
			fv.Set(lv)
		case lv.Kind() == reflect.Slice:
			for j := range lv.Len() {
				elem := reflect.New(fv.Type().Elem()).Elem()
				first = cmp.Or(first, r.decode(lv.Index(j).Interface(), elem, elemOf(f.typ)))
				fv.Set(reflect.Append(fv, elem))
			}
		default:
			first = cmp.Or(first, r.decode(lv.Interface(), fv, f.typ))
		}
	}
	return first
}

// decode decodes a part, if there was one.
func (r *xmlReader) decode(part any, dst reflect.Value, t types.Type) error {
	switch part := part.(type) {
	case xmlPart:
		if part.tokens == nil {
			return nil
		}
		d := xml.NewTokenDecoder(&part)
		start, err := d.Token()
		if err != nil {
			return err
		}
		return r.value(d, start.(xml.StartElement), dst, t)
	case xmlAttrPart:
		if part.attr.Name.Local != "" {
			return r.text(part.attr, dst, t)
		}
	case xmlTextPart:
		if part.text != nil {
			return r.text(xml.Attr{Value: string(part.text)}, dst, t)
		}
	}
	return nil
}

// text gives an attribute, or bare text, to a method of the cell.
func (r *xmlReader) text(a xml.Attr, dst reflect.Value, t types.Type) error {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		if dst.IsNil() {
			dst.Set(reflect.New(dst.Type().Elem()))
		}
		return r.text(a, dst.Elem(), p.Elem())
	}
	x, receiver := r.custom(dst, t)
	if f, ok := x.method("UnmarshalXMLAttr").(func(any, xml.Attr) error); ok && a.Name.Local != "" {
		return f(receiver, a)
	}
	if f, ok := x.method("UnmarshalText").(func(any, []byte) error); ok {
		return f(receiver, []byte(a.Value))
	}
	return nil
}

// An xmlPart keeps the tokens of an element, and reads them again.
type xmlPart struct{ tokens []xml.Token }

// UnmarshalXML keeps the tokens.
func (p *xmlPart) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	p.tokens = []xml.Token{start.Copy()}
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		p.tokens = append(p.tokens, xml.CopyToken(token))
	}
	return nil
}

// Token returns the tokens in order.
func (p *xmlPart) Token() (xml.Token, error) {
	if len(p.tokens) == 0 {
		return nil, io.EOF
	}
	token := p.tokens[0]
	p.tokens = p.tokens[1:]
	return token, nil
}

// An xmlAttrPart keeps an attribute.
type xmlAttrPart struct{ attr xml.Attr }

// UnmarshalXMLAttr keeps it.
func (p *xmlAttrPart) UnmarshalXMLAttr(a xml.Attr) error {
	p.attr = a
	return nil
}

// An xmlTextPart keeps text.
type xmlTextPart struct{ text []byte }

// UnmarshalText keeps it.
func (p *xmlTextPart) UnmarshalText(text []byte) error {
	p.text = bytes.Clone(text)
	return nil
}
