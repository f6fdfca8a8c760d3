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

func (r *xmlReader) structure(d *xml.Decoder, start xml.StartElement, dst reflect.Value, u *types.Struct) error {
	err, inPart := likeness{r.codec, r.part, r.take}.decode(dst, u, func(like any) error { return d.DecodeElement(like, &start) })
	return cmp.Or(err, inPart)
}

// part takes the tokens of a field, the attributes or the text.
func (r *xmlReader) part(f field) reflect.StructField {
	f.Type, f.Tag = r.partType(f), namedTag(f)
	return f.StructField
}

func (r *xmlReader) partType(f field) reflect.Type {
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

// take decodes a part, or each of a list.
func (r *xmlReader) take(part, field reflect.Value, t types.Type) (first error) {
	if part.Kind() != reflect.Slice {
		return r.decode(part.Interface(), field, t)
	}
	for j := range part.Len() {
		elem := reflect.New(field.Type().Elem()).Elem()
		first = cmp.Or(first, r.decode(part.Index(j).Interface(), elem, elemOf(t)))
		field.Set(reflect.Append(field, elem))
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
