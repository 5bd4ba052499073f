"""The YAML format as tables for people, made from the JSON Schema."""

from collections.abc import Iterator, Mapping

from hiringkit.domain.shape import CURRENCY, ID, VERSION
from hiringkit.library.documents import Kind
from hiringkit.library.jsonschema import Schema, schema_of

_PATTERNS: Mapping[str, str] = {
    f"^{metadata['shape'].pattern}$": word
    for metadata, word in ((ID, "id"), (VERSION, "version"), (CURRENCY, "currency"))
}
_HEAD = ("| key | value | needed | meaning |", "| --- | --- | --- | --- |")


def format_tables() -> dict[str, str]:
    """Return a Markdown table of the keys of each part of the format, by the part's name."""
    schemas = {kind: schema_of(kind) for kind in Kind}
    parts = {"Rubric": schemas[Kind.RUBRIC], **schemas[Kind.RUBRIC]["$defs"], "QuestionBank": schemas[Kind.BANK]}
    return {name: "\n".join(_table(part)) + "\n" for name, part in parts.items() if "properties" in part}


def format_markdown() -> str:
    """Return all tables, each under the name of its part."""
    return "\n".join(f"## {name}\n\n{table}" for name, table in format_tables().items())


def _table(part: Schema) -> Iterator[str]:
    yield from _HEAD
    for key, value in part["properties"].items():
        needed = "yes" if key in part["required"] else f"else `{_said(value['default'])}`" if "default" in value else ""
        yield f"| `{key}` | {_words(value)} | {needed} | {value['description']} |"
    for key, value in part["properties"].items():
        if meanings := _meanings(value):
            yield f"\n`{key}`:\n\n{meanings}"


def _meanings(schema: Schema) -> str:
    """Return what each of a few words means, where the schema says so."""
    one = schema["anyOf"][0] if "anyOf" in schema else schema
    return str(one.get("markdownDescription", ""))


def _said(default: object) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


def _words(schema: Schema) -> str:
    """Say what a value is."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return "text" if name == "Text" else f"[{name}](#{name.lower()})"
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
            bounds = f" above {schema['exclusiveMinimum']}" if "exclusiveMinimum" in schema else ""
            bounds += f" from {schema['minimum']} to {schema['maximum']}" if "minimum" in schema else ""
            return ("whole number" if kind == "integer" else "number") + bounds


def _table_words(schema: Schema) -> str:
    if "patternProperties" in schema:
        (value,) = schema["patternProperties"].values()
        return f"{_words(value)} by level"
    if "properties" in schema:
        keys = ", ".join(f"`{key}`" for key in schema["properties"])
        return f"{_words(next(iter(schema['properties'].values())))} by {keys}"
    return f"{_words(schema['additionalProperties'])} by id"
