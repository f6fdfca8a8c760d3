package engine

import (
	"bytes"
	"encoding/xml"
	"go/types"
	"reflect"

	"reprise/kernel/cell"
)

// XMLMarshal is xml.Marshal of a value of cells.
func (t *typeTable) XMLMarshal(v any) ([]byte, error) { return t.XMLMarshalIndent(v, "", "") }

// XMLMarshalIndent is xml.MarshalIndent of a value of cells.
func (t *typeTable) XMLMarshalIndent(v any, prefix, indent string) ([]byte, error) {
	var b bytes.Buffer
	e := xml.NewEncoder(&b)
	e.Indent(prefix, indent)
	if err := t.XMLEncode(e, v); err != nil {
		return nil, err
	}
	if err := e.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// XMLEncode is the method Encode of an xml.Encoder.
func (t *typeTable) XMLEncode(e *xml.Encoder, v any) error {
	c := t.xmlCodec("MarshalXML", "MarshalXMLAttr", "MarshalText")
	return xmlEncode(e, c, reflect.ValueOf(v), nil)
}

// xmlEncode writes an element under the name of its type, which reflection does not see, or each of a list.
func xmlEncode(e *xml.Encoder, c *codec, v reflect.Value, typ types.Type) error {
	v, typ = c.resolve(v, typ)
	for v.Kind() == reflect.Pointer && !v.IsNil() && typ != nil {
		p, ok := typ.Underlying().(*types.Pointer)
		if !ok {
			break
		}
		if x := c.owner(typ); x != nil && c.owner(p.Elem()) == nil {
			break // its methods are those of the pointer
		}
		v, typ = c.resolve(v.Elem(), p.Elem())
	}
	in := (&mirror{codec: c, custom: xmlStandIn}).dynamic(v, typ)
	elem := elemOf(typ)
	if elem != nil && (v.Kind() == reflect.Slice || v.Kind() == reflect.Array) && v.Type().Elem().Kind() != reflect.Uint8 && reflect.ValueOf(in).Kind() == reflect.Slice {
		for i := range v.Len() {
			if err := xmlEncode(e, c, v.Index(i), elem); err != nil {
				return err
			}
		}
		return e.Flush()
	}
	if name := elementName(c, typ); name != "" && in != nil {
		return e.EncodeElement(in, xml.StartElement{Name: xml.Name{Local: name}})
	}
	return e.Encode(in)
}

func elemOf(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return u.Elem()
	case *types.Array:
		return u.Elem()
	}
	return nil
}

// elementName is the name of a cell's type, unless it has a field that names its elements.
func elementName(c *codec, t types.Type) string {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	if t == nil || !ok || n.Obj().Pkg() == nil || !cell.IsOwn(n.Obj().Pkg()) {
		return ""
	}
	if u, ok := n.Underlying().(*types.Struct); ok && c.owner(t) == nil && c.owner(types.NewPointer(t)) == nil {
		if _, named := xmlName(u); named {
			return ""
		}
	}
	return n.Obj().Name()
}

// xmlName looks for the field that names the elements of a struct, and the name in its tag.
func xmlName(u *types.Struct) (tag string, ok bool) {
	for i := range u.NumFields() {
		if u.Field(i).Name() == "XMLName" {
			return reflect.StructTag(u.Tag(i)).Get("xml"), true
		}
	}
	return "", false
}

// XMLEncodeElement is the method EncodeElement of an xml.Encoder.
func (t *typeTable) XMLEncodeElement(e *xml.Encoder, v any, start xml.StartElement) error {
	return e.EncodeElement(t.xmlCodec("MarshalXML", "MarshalXMLAttr", "MarshalText").encodable(v, xmlStandIn), start)
}

func (t *typeTable) xmlCodec(methods ...string) *codec {
	c := t.codec("xml", methods...)
	c.names = true
	return c
}

func xmlStandIn(t types.Type, x *Type, receiver any, attr bool) any {
	if f, ok := x.method("MarshalXMLAttr").(func(any, xml.Name) (xml.Attr, error)); ok && attr {
		return xmlAttrMarshaler{func(name xml.Name) (xml.Attr, error) { return f(receiver, name) }}
	}
	if f, ok := x.method("MarshalXML").(func(any, *xml.Encoder, xml.StartElement) error); ok && !attr {
		return xmlMarshaler{func(e *xml.Encoder, start xml.StartElement) error { return f(receiver, e, start) }}
	}
	if f, ok := x.method("MarshalText").(func(any) ([]byte, error)); ok {
		return &textMarshaler{func() ([]byte, error) { return f(receiver) }, t, new(string)}
	}
	return nil
}

// An xmlMarshaler stands for a value of a cell that has MarshalXML.
type xmlMarshaler struct {
	call func(*xml.Encoder, xml.StartElement) error
}

// MarshalXML calls the cell's method.
func (m xmlMarshaler) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	return m.call(e, start)
}

// An xmlAttrMarshaler stands for a value of a cell that has MarshalXMLAttr.
type xmlAttrMarshaler struct {
	call func(xml.Name) (xml.Attr, error)
}

// MarshalXMLAttr calls the cell's method.
func (m xmlAttrMarshaler) MarshalXMLAttr(name xml.Name) (xml.Attr, error) { return m.call(name) }
