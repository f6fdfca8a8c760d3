package dataframe

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// parseQuery reads, from the weakest binding to the strongest: or, and, not,
// comparison, + -, * /, sign, .isna(), atom.
func parseQuery(query string) (queryNode, error) {
	tokens, err := queryTokens(query)
	if err != nil {
		return nil, err
	}
	p := &queryParser{tokens: tokens}
	node, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.at < len(p.tokens) {
		return nil, fmt.Errorf("%q at column %d is not expected there", p.tokens[p.at].text, p.tokens[p.at].column)
	}
	return node, nil
}

type queryToken struct {
	kind   byte // 'n' name, '1' number, 's' text, 'o' operator or word
	text   string
	column int // from 1
}

var queryWords = map[string]string{
	"and": "and", "or": "or", "not": "not", "in": "in", "True": "True", "False": "False", "true": "True", "false": "False",
}

// Longer operators first.
var queryOperators = []string{"==", "!=", "<=", ">=", "&&", "||", "<", ">", "&", "|", "~", "!", "+", "-", "*", "/", "(", ")", "[", "]", ",", "."}

func queryTokens(query string) ([]queryToken, error) {
	var out []queryToken
	runes := []rune(query)
	for i := 0; i < len(runes); {
		if unicode.IsSpace(runes[i]) {
			i++
			continue
		}
		token, n, err := queryTokenAt(runes, i)
		if err != nil {
			return nil, err
		}
		out = append(out, token)
		i += n
	}
	return out, nil
}

func queryTokenAt(runes []rune, i int) (queryToken, int, error) {
	c, end := runes[i], i
	switch {
	case c == '\'' || c == '"' || c == '`':
		for end = i + 1; end < len(runes) && runes[end] != c; end++ {
		}
		if end == len(runes) {
			return queryToken{}, 0, fmt.Errorf("the quote at column %d is not closed", i+1)
		}
		kind := byte('s')
		if c == '`' {
			kind = 'n'
		}
		return queryToken{kind, string(runes[i+1 : end]), i + 1}, end + 1 - i, nil
	case c == '_' || unicode.IsLetter(c):
		for end < len(runes) && (runes[end] == '_' || unicode.IsLetter(runes[end]) || unicode.IsDigit(runes[end])) {
			end++
		}
		text := string(runes[i:end])
		if word := queryWords[text]; word != "" {
			return queryToken{'o', word, i + 1}, end - i, nil
		}
		return queryToken{'n', text, i + 1}, end - i, nil
	case unicode.IsDigit(c) || c == '.' && i+1 < len(runes) && unicode.IsDigit(runes[i+1]):
		for end < len(runes) && (unicode.IsDigit(runes[end]) || strings.ContainsRune(".eExX", runes[end]) ||
			(runes[end] == '-' || runes[end] == '+') && strings.ContainsRune("eE", runes[end-1])) {
			end++
		}
		return queryToken{'1', string(runes[i:end]), i + 1}, end - i, nil
	}
	for _, op := range queryOperators {
		if strings.HasPrefix(string(runes[i:min(len(runes), i+2)]), op) {
			return queryToken{'o', op, i + 1}, len(op), nil
		}
	}
	return queryToken{}, 0, fmt.Errorf("%q at column %d means nothing here", c, i+1)
}

type queryParser struct {
	tokens []queryToken
	at     int
}

// accept takes the next token if it is one of the operators.
func (p *queryParser) accept(operators ...string) (string, bool) {
	if p.at < len(p.tokens) && p.tokens[p.at].kind == 'o' {
		for _, op := range operators {
			if p.tokens[p.at].text == op {
				p.at++
				return op, true
			}
		}
	}
	return "", false
}

func (p *queryParser) expect(operator string) error {
	if _, ok := p.accept(operator); ok {
		return nil
	}
	return fmt.Errorf("want %q %s", operator, p.here())
}

func (p *queryParser) here() string {
	if p.at == len(p.tokens) {
		return "at the end"
	}
	return fmt.Sprintf("at column %d, found %q", p.tokens[p.at].column, p.tokens[p.at].text)
}

func (p *queryParser) or() (queryNode, error) {
	return p.chain(p.and, "or", "or", "|", "||")
}

func (p *queryParser) and() (queryNode, error) {
	return p.chain(p.not, "and", "and", "&", "&&")
}

func (p *queryParser) chain(next func() (queryNode, error), word string, operators ...string) (queryNode, error) {
	left, err := next()
	for err == nil {
		if _, ok := p.accept(operators...); !ok {
			break
		}
		var right queryNode
		if right, err = next(); err == nil {
			left = logicNode{word, left, right}
		}
	}
	return left, err
}

func (p *queryParser) not() (queryNode, error) {
	if _, ok := p.accept("not", "~", "!"); ok {
		of, err := p.not()
		return notNode{of}, err
	}
	return p.comparison()
}

// comparison may be chained: 0 < x < 1 is 0 < x and x < 1.
func (p *queryParser) comparison() (queryNode, error) {
	left, err := p.sum()
	var whole queryNode
	for err == nil {
		op, ok := p.accept("==", "!=", "<=", ">=", "<", ">", "in", "not")
		if !ok {
			break
		}
		if op == "not" {
			if err = p.expect("in"); err != nil {
				break
			}
			op = "not in"
		}
		var right queryNode
		if right, err = p.sum(); err != nil {
			break
		}
		var part queryNode = compareNode{op, left, right}
		if whole != nil {
			part = logicNode{"and", whole, part}
		}
		whole, left = part, right
	}
	if whole == nil {
		whole = left
	}
	return whole, err
}

func (p *queryParser) sum() (queryNode, error) { return p.arithmetic(p.product, "+", "-") }

func (p *queryParser) product() (queryNode, error) { return p.arithmetic(p.sign, "*", "/") }

func (p *queryParser) arithmetic(next func() (queryNode, error), operators ...string) (queryNode, error) {
	left, err := next()
	for err == nil {
		op, ok := p.accept(operators...)
		if !ok {
			break
		}
		var right queryNode
		if right, err = next(); err == nil {
			left = arithmeticNode{op, left, right}
		}
	}
	return left, err
}

func (p *queryParser) sign() (queryNode, error) {
	if _, ok := p.accept("-"); ok {
		of, err := p.sign()
		if c, isNumber := of.(constantNode); isNumber && err == nil {
			switch x := c.value.(type) {
			case int:
				return constantNode{-x}, nil
			case float64:
				return constantNode{-x}, nil
			}
		}
		return arithmeticNode{"-", constantNode{0}, of}, err
	}
	return p.postfix()
}

func (p *queryParser) postfix() (queryNode, error) {
	node, err := p.atom()
	for err == nil {
		if _, ok := p.accept("."); !ok {
			break
		}
		if p.at == len(p.tokens) {
			return nil, fmt.Errorf("want isna or notna %s", p.here())
		}
		name := p.tokens[p.at]
		p.at++
		switch name.text {
		case "isna", "isnull":
			node = missingNode{node, true}
		case "notna", "notnull":
			node = missingNode{node, false}
		default:
			return nil, fmt.Errorf("no method %q at column %d; there are isna() and notna()", name.text, name.column)
		}
		if err = p.expect("("); err == nil {
			err = p.expect(")")
		}
	}
	return node, err
}

func (p *queryParser) atom() (queryNode, error) {
	if _, ok := p.accept("("); ok {
		node, err := p.or()
		if err == nil {
			err = p.expect(")")
		}
		return node, err
	}
	if _, ok := p.accept("["); ok {
		return p.list()
	}
	if word, ok := p.accept("True", "False"); ok {
		return constantNode{word == "True"}, nil
	}
	if p.at == len(p.tokens) || p.tokens[p.at].kind == 'o' {
		return nil, fmt.Errorf("want a name, a number or a text %s", p.here())
	}
	token := p.tokens[p.at]
	p.at++
	switch token.kind {
	case 's':
		return constantNode{token.text}, nil
	case 'n':
		return columnNode{token.text}, nil
	}
	if n, err := strconv.Atoi(token.text); err == nil {
		return constantNode{n}, nil
	}
	x, err := strconv.ParseFloat(token.text, 64)
	if err != nil {
		return nil, fmt.Errorf("%q at column %d is no number", token.text, token.column)
	}
	return constantNode{x}, nil
}

func (p *queryParser) list() (queryNode, error) {
	out := listNode{}
	for {
		if _, ok := p.accept("]"); ok {
			return out, nil
		}
		if len(out) > 0 {
			if err := p.expect(","); err != nil {
				return nil, err
			}
		}
		node, err := p.sign()
		if err != nil {
			return nil, err
		}
		c, ok := node.(constantNode)
		if !ok {
			return nil, fmt.Errorf("a list holds numbers and texts only, %s", p.here())
		}
		out = append(out, c.value)
	}
}
