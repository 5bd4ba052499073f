"""The YAML format, described from the domain's classes: its JSON Schema (2020-12) and the tables of its keys.

There is no second description: types, defaults, shapes and docstrings are those of the classes. What a schema cannot
say (references, order, the first key, what is twice) is left to the loader; where it says something, the loader says
the same.
"""

import ast
import inspect
import json
import sys
import types
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Any, Union, get_args, get_origin

from attrs import Attribute, fields, frozen

from hiringkit.domain.level import LevelNumber
from hiringkit.domain.question import ExhibitCell, Question, QuestionBank
from hiringkit.domain.rubric import QuestionUse, Rubric, Variant
from hiringkit.domain.shape import CURRENCY, ID, VERSION, Shape, shape_of
from hiringkit.library.documents import Kind
from hiringkit.library.yaml.decode import HEADER_KEY, is_required
from hiringkit.text.language import LANGUAGES, Text

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_CLASSES: Mapping[Kind, type] = {Kind.RUBRIC: Rubric, Kind.BANK: QuestionBank}
_TEXT = {"type": "string", "pattern": r"\S"}
_LEVEL = r"^(0|-?[1-9][0-9]{0,38}|-?(0|[1-9][0-9]{0,38})\.[0-9]*[1-9])$"
_SIMPLE: Mapping[Any, Schema] = {
    str: _TEXT,
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    Text: {"$ref": "#/$defs/Text"},
    ExhibitCell: {"$ref": "#/$defs/Cell"},
}
_PATTERNS: Mapping[str, str] = {
    f"^{metadata['shape'].pattern}$": word
    for metadata, word in ((ID, "id"), (VERSION, "version"), (CURRENCY, "currency"))
}
_HEAD = ("| key | value | needed | meaning |", "| --- | --- | --- | --- |")


def schema_text(kind: Kind) -> str:
    """Return the JSON Schema as text that ends with a newline."""
    return json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n"


def schema_of(kind: Kind) -> Schema:
    """Return the JSON Schema of rubrics or of question banks."""
    writer = _SchemaWriter({})
    top = _headed(writer.record(_CLASSES[kind]), kind)
    if kind is Kind.RUBRIC:
        # with if, then and else, a slip in a variant is not reported as one in a whole rubric
        writer.definitions.update(Rubric=top, Variant=_headed(writer.record(Variant), kind))
        top = {
            "description": top["description"],
            "type": "object",
            "if": {"required": ["extends"]},
            "then": {"$ref": "#/$defs/Variant"},
            "else": {"$ref": "#/$defs/Rubric"},
        }
    definitions = {name: writer.definitions[name] for name in sorted(writer.definitions)}
    return {
        "$schema": DIALECT,
        "$id": f"urn:hiringkit:{kind}:1",
        "title": f"hiringkit {kind}",
        **top,
        "$defs": {"Text": _text(), "Cell": _cell(), **definitions},
    }


def _headed(record: Schema, kind: Kind) -> Schema:
    header = {HEADER_KEY: {"const": kind.header, "description": "What the file is: always the first key."}}
    return record | {
        "required": [HEADER_KEY, *record["required"]],
        "properties": header | record["properties"],
    }


def _text() -> Schema:
    return {"description": describe_class(Text).summary, "anyOf": [_TEXT, _translated()]}


def _cell() -> Schema:
    described = "A cell of an exhibit: a figure or a name that every language shares, or a text in each."
    return {"description": described, "anyOf": [_TEXT, {"type": "number"}, _translated()]}


def _translated() -> Schema:
    languages = dict.fromkeys(LANGUAGES, _TEXT)
    return {"type": "object", "properties": languages, "additionalProperties": False, "minProperties": 1}


@frozen
class _SchemaWriter:
    """Writes the schemas of types, and collects those of classes."""

    definitions: dict[str, Schema]

    def record(self, cls: type) -> Schema:
        described = describe_class(cls)
        return {
            "description": described.summary,
            "type": "object",
            "additionalProperties": False,
            "required": [a.name for a in fields(cls) if is_required(cls, a)],
            "properties": {a.name: self._field(a, described.members.get(a.name, "")) for a in fields(cls)},
        }

    def _field(self, attribute: "Attribute[Any]", description: str) -> Schema:
        """Return the schema of a field; keywords beside a `$ref` apply in addition to it."""
        schema = self.hint(attribute.type)
        if shape := shape_of(attribute):
            schema = _shaped(schema, shape)
        default = attribute.default
        given = {"default": default} if isinstance(default, str | bool | int | float) else {}
        return {"description": description, **schema, **given}

    def hint(self, hint: Any) -> Schema:
        """Return the schema of a type."""
        if hint in _SIMPLE:
            return dict(_SIMPLE[hint])
        if isinstance(hint, type):
            return _choice(hint) if issubclass(hint, StrEnum) else self._reference(hint)
        if get_origin(hint) in (Union, types.UnionType):
            return self._union(get_args(hint))
        if get_origin(hint) is tuple:
            return {"type": "array", "items": self.hint(get_args(hint)[0])}
        return self._table(*get_args(hint))

    def _reference(self, cls: type) -> Schema:
        if cls.__name__ not in self.definitions:
            self.definitions[cls.__name__] = {}  # so that a class that holds itself comes to an end
            self.definitions[cls.__name__] = self.record(cls)
        return {"$ref": f"#/$defs/{cls.__name__}"}

    def _union(self, choices: tuple[Any, ...]) -> Schema:
        if choices == get_args(LevelNumber):
            return {"type": "number"}
        if types.NoneType in choices:
            wanted = self.hint(next(c for c in choices if c is not types.NoneType))
            return {"anyOf": [wanted, {"type": "null"}]}
        drawn = {"anyOf": [{"required": ["bank"]}, {"required": ["use"]}]}
        # with if, then and else, a slip in a question is not reported once for each of the two
        return {"if": drawn, "then": self._reference(QuestionUse), "else": self._reference(Question)}

    def _table(self, of_key: Any, of_value: Any) -> Schema:
        value = self.hint(of_value)
        if of_key == LevelNumber:
            return {"type": "object", "patternProperties": {_LEVEL: value}, "additionalProperties": False}
        return {"type": "object", "additionalProperties": value}


def _choice(kind: type[StrEnum]) -> Schema:
    told = describe_class(kind).members
    meanings = {str(member): told[member.name] for member in kind if member.name in told}
    markdown = "\n".join(f"- `{value}`: {meaning}" for value, meaning in meanings.items())
    return {"enum": [str(member) for member in kind], **({"markdownDescription": markdown} if markdown else {})}


def _shaped(schema: Schema, shape: Shape) -> Schema:
    """Add to the schema of a type what its shape asks for."""
    if "anyOf" in schema:
        wanted, *rest = schema["anyOf"]
        return {**schema, "anyOf": [_shaped(wanted, shape), *rest]}
    if shape.keys:
        return {"type": "object", "properties": dict.fromkeys(shape.keys, schema["additionalProperties"])} | {
            "additionalProperties": False
        }
    if shape.each:
        schema = {**schema, "additionalProperties": _shaped(schema["additionalProperties"], shape.each)}
    fewest = "minProperties" if schema["type"] == "object" else "minItems"
    bounds = {
        "pattern": f"^{shape.pattern}$" if shape.pattern else None,
        "maxLength": shape.longest,
        "exclusiveMinimum": shape.above,
        "minimum": shape.low,
        "maximum": shape.high,
        "exclusiveMaximum": shape.below,
        fewest: shape.fewest or None,
    }
    return schema | {key: bound for key, bound in bounds.items() if bound is not None}


def format_markdown() -> str:
    """Return all tables, each under the name of its part."""
    return "\n".join(f"## {name}\n\n{table}" for name, table in format_tables().items())


def format_tables() -> dict[str, str]:
    """Return a Markdown table of the keys of each part of the format, by the part's name."""
    schemas = {kind: schema_of(kind) for kind in Kind}
    parts = {**schemas[Kind.RUBRIC]["$defs"], "QuestionBank": schemas[Kind.BANK]}
    return {name: "\n".join(_table(part)) + "\n" for name, part in parts.items() if "properties" in part}


def _table(part: Schema) -> Iterator[str]:
    yield from _HEAD
    for key, value in part["properties"].items():
        needed = "yes" if key in part["required"] else f"else `{_said(value['default'])}`" if "default" in value else ""
        yield f"| `{key}` | {_words(value)} | {needed} | {value['description']} |"
    for key, value in part["properties"].items():
        if meanings := _meanings(value):
            yield f"\n`{key}`:\n\n{meanings}"


def _meanings(schema: Schema) -> str:
    """Return the explanations of an enumeration's values, if the schema has them."""
    one = schema["anyOf"][0] if "anyOf" in schema else schema
    return str(one.get("markdownDescription", ""))


def _said(default: object) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


def _words(schema: Schema) -> str:
    """Say what a value is."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return name.lower() if name in ("Text", "Cell") else f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return _words(schema["anyOf"][0])
    if "if" in schema:
        return f"{_words(schema['else'])} or {_words(schema['then'])}"
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    return _of_type(schema)


def _of_type(schema: Schema) -> str:
    match schema["type"]:
        case "array":
            least = f", at least {schema['minItems']}" if "minItems" in schema else ""
            return f"list of {_words(schema['items'])}{least}"
        case "object":
            return _table_words(schema)
        case "string":
            return _PATTERNS.get(schema["pattern"], "words")
        case "boolean":
            return "`true`, `false`"
        case kind:
            return ("whole number" if kind == "integer" else "number") + _bounds(schema)


def _bounds(schema: Schema) -> str:
    if "exclusiveMaximum" in schema:
        return f" between {schema['exclusiveMinimum']} and {schema['exclusiveMaximum']}"
    if "exclusiveMinimum" in schema:
        return f" above {schema['exclusiveMinimum']}"
    if "maximum" in schema:
        return f" from {schema['minimum']} to {schema['maximum']}"
    return f" from {schema['minimum']}" if "minimum" in schema else ""


def _table_words(schema: Schema) -> str:
    if "patternProperties" in schema:
        (value,) = schema["patternProperties"].values()
        return f"{_words(value)} by level"
    if "properties" in schema:
        keys = ", ".join(f"`{key}`" for key in schema["properties"])
        return f"{_words(next(iter(schema['properties'].values())))} by {keys}"
    return f"{_words(schema['additionalProperties'])} by id"


@frozen
class ClassDocs:
    """The docstrings of one class."""

    summary: str
    """Of the class."""
    members: dict[str, str]
    """Of its fields, or of an enumeration's members, by name; those without a docstring are left out."""


def describe_class(cls: type) -> ClassDocs:
    """Return the docstrings of a class, read from its source."""
    return _described(cls.__module__)[cls.__name__]


@cache
def _described(module: str) -> dict[str, ClassDocs]:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: _of(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _of(node: ast.ClassDef) -> ClassDocs:
    named = ((_name(statement), _docstring(below)) for statement, below in pairwise(node.body))
    members = {name: text for name, text in named if name and text}
    return ClassDocs(ast.get_docstring(node) or "", members)


def _name(statement: ast.stmt) -> str:
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
    return ""


def _docstring(statement: ast.stmt) -> str:
    match statement:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return inspect.cleandoc(text)
    return ""
