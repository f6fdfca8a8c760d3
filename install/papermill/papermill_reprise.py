"""papermill -p for notebooks in Go.

    pip install ./install/papermill
    papermill in.ipynb out.ipynb -p epochs 100 -p rate 0.5 -p fast True

The cell tagged "parameters" declares the parameters; papermill puts a cell after
it that assigns to them, so that they keep their types: `rate := 0.1` stays a
float64 when it is given 1, and an unknown name is a compile error, not a typo
that nobody sees. Constants cannot be parameters.
"""
import math
import re

from papermill.engines import NBClientEngine as Engine  # noqa: F401 (named by the entry point)
from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators

ESCAPES = {'"': r"\"", "\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"}


class GoTranslator(Translator):
    @classmethod
    def translate_none(cls, val):
        return "nil"

    @classmethod
    def translate_str(cls, val):
        return '"' + "".join(quoted(c) for c in val) + '"'

    translate_escaped_str = translate_str

    @classmethod
    def translate_float(cls, val):
        if math.isnan(val):
            return "math.NaN()"
        if math.isinf(val):
            return f"math.Inf({1 if val > 0 else -1})"
        return repr(val)

    @classmethod
    def translate_list(cls, val):
        return f"[]{element_type(val)}{{{', '.join(map(cls.translate, val))}}}"

    @classmethod
    def translate_dict(cls, val):
        pairs = (f"{cls.translate_str(str(k))}: {cls.translate(v)}" for k, v in val.items())
        return f"map[string]{element_type(val.values())}{{{', '.join(pairs)}}}"

    @classmethod
    def comment(cls, cmt_str):
        return f"// {cmt_str}"

    @classmethod
    def inspect(cls, parameters_cell):
        """The declarations of one name on one line: name := value // help, var name type = value."""
        declaration = re.compile(
            r"^\s*(?:var\s+)?(?P<name>[^\W\d]\w*)(?:\s+(?P<type>[\w.\[\]*]+))?\s*:?=\s*(?P<value>.*?)\s*(?://\s*(?P<help>.*))?$")
        found = []
        for line in parameters_cell["source"].splitlines():
            if m := declaration.match(line):
                found.append(Parameter(m["name"], m["type"] or "None", m["value"], m["help"] or ""))
        return found


def quoted(c):
    """One character in a Go string literal. Go source may have no NUL and no byte order mark."""
    if c in ESCAPES:
        return ESCAPES[c]
    if c < " " or "\x7f" <= c < "\xa0" or c == "\ufeff":
        return f"\\u{ord(c):04x}"
    return c


def element_type(values):
    """The Go type that all values have; any if there is none."""
    types = {type(v) for v in values}
    if types == {int, float}:
        return "float64"
    names = {bool: "bool", int: "int", float: "float64", str: "string"}
    return names.get(types.pop(), "any") if len(types) == 1 else "any"


papermill_translators.register("go", GoTranslator)
