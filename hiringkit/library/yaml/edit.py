"""Edits of single values in YAML text; everything else stays as it is, comments and layout included.

Each edit is verified before it is returned: the new text is parsed again and must differ from the old one in that
value only.
"""

import re
from collections.abc import Callable
from typing import Any

from attrs import evolve, frozen

from hiringkit.domain.finding import has_errors
from hiringkit.errors import FindingsError, NotFound, Refused, UsageProblem
from hiringkit.library.checks.findings import Findings, suggestion
from hiringkit.library.yaml.nodes import ListNode, MapNode, Node, Path, ScalarNode, locate, render_path
from hiringkit.library.yaml.parse import parse_yaml
from hiringkit.library.yaml.write import write_like, write_scalar
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

_STEPS = re.compile(r"\[([0-9]+)\]|([^.\[\]]+)")
_WHOLE = re.compile(r"\$?\.?(?:[^.\[\]]+|\[[0-9]{1,6}\])(?:\.[^.\[\]]+|\[[0-9]{1,6}\])*")
_POSITION = re.compile(r"[0-9]{1,6}")
_NAMES = ("id", "bank", "value")
"""What an item of a list may be called by, besides its position."""
NOT_SINGLE = Sentence("{path} is not a single value")
NO_LIST = Sentence("{path} is no list")
BY_HAND = Sentence("{path} cannot be changed without touching what stands around it")
BY_HAND_HINT = Sentence("change it in an editor, then check the file")
ONLY_ONE = Sentence("{path} is the only one there")
Words = tuple[str | int, ...]
"""The steps of an address: names, and positions for numbers in brackets."""


@frozen
class Found:
    """How far an address leads."""

    path: Path
    """Keys and positions down to the node."""
    node: Node
    rest: Words
    """The steps that could not be followed; empty if the value was found."""
    parents: tuple[Node, ...]
    """The ancestors of `node`, the root first."""


@frozen
class Edit:
    """A change, ready to be written."""

    text: str
    """The whole new text."""
    path: Path
    """The value that was changed, added or removed."""
    before: str | None
    """The old value as written; None for something new."""
    after: str | None
    """The new value as written; None for something removed."""
    line: int
    """Where, counted from 1."""


def set_value(text: str, words: Words, value: str, *, file: str = "-") -> Edit:
    """Change a single value, or add a key that is not there.

    Args:
        text: A YAML document, without a byte order mark.
        words: The address of the value.
        value: The new value; it is written in the style of the old one.
        file: What findings call the text.

    Raises:
        FindingsError: The text is not YAML.
        NotFound: The address leads nowhere.
        Refused: What stands there is a list or has keys, or cannot be changed on its own.
    """
    root = _tree(text, file)
    found = follow(root, words)
    if found.rest:
        return _add_key(text, root, found, value)
    if not isinstance(found.node, ScalarNode):
        raise Refused(NOT_SINGLE.format(path=render_path(found.path)), hint=_further(found.node))
    start, end = found.node.start.index, found.node.end.index
    written = write_like(value, text[start:end], flow=_in_flow(text, found))
    if start == end and text[start - 1 : start] in (":", "-"):
        written = f" {written}"
    edit = Edit(text[:start] + written + text[end:], found.path, text[start:end].rstrip(), written.strip(), 0)
    return _verified(root, edit, lambda tree: _put(tree, found.path, _value_of(written)))


def append_item(text: str, words: Words, value: str, *, file: str = "-") -> Edit:
    """Add an item at the end of a list.

    Args:
        text: A YAML document, without a byte order mark.
        words: The address of the list.
        value: A single value; what begins with `{` or `[` is taken as YAML.
        file: What findings call the text.

    Raises:
        FindingsError: The text is not YAML, or the value is not.
        NotFound: The address leads nowhere.
        Refused: What stands there is no list, or cannot be changed on its own.
    """
    root = _tree(text, file)
    found = find_value(root, words)
    if not isinstance(found.node, ListNode):
        raise Refused(NO_LIST.format(path=render_path(found.path)), hint=_further(found.node))
    flow = _is_flow(text, found.node)
    item = value if value[:1] in ("{", "[") else write_scalar(value, flow=flow)
    path = (*found.path, len(found.node.items))
    if flow:
        changed = _insert_flow(text, found.node, item)
    elif found.node.items:
        changed = _insert_line(text, found.node, f"{' ' * found.node.start.column}- {item}")
    else:
        raise Refused(BY_HAND.format(path=render_path(path)), hint=BY_HAND_HINT)
    return _verified(root, Edit(changed, path, None, item, 0), lambda tree: _put(tree, path, _value_of(item)))


def remove_value(text: str, words: Words, *, file: str = "-") -> Edit:
    """Remove an item of a list, or a key with its value; comments around it stay.

    Args:
        text: A YAML document, without a byte order mark.
        words: Its address.
        file: What findings call the text.

    Raises:
        FindingsError: The text is not YAML.
        NotFound: The address leads nowhere.
        Refused: It is the only one there, or cannot be removed on its own.
    """
    root = _tree(text, file)
    found = find_value(root, words)
    parent = found.parents[-1]
    spans = _spans(text, parent)
    at = found.path[-1] if isinstance(parent, ListNode) else list(_as_map(parent).values).index(str(found.path[-1]))
    if len(spans) == 1:
        raise Refused(ONLY_ONE.format(path=render_path(found.path)), hint="remove what it stands in")
    cut = _cut_flow if _is_flow(text, parent) else _cut_lines
    start, end = cut(text, spans, int(at))
    edit = Edit(text[:start] + text[end:], found.path, text[slice(*spans[int(at)])], None, 0)
    return evolve(
        _verified(root, edit, lambda tree: _drop(tree, found.path)), line=text.count("\n", 0, spans[int(at)][0]) + 1
    )


def _add_key(text: str, root: Node, found: Found, value: str) -> Edit:
    """Add a key, and if more than one word is left a mapping below it."""
    if not isinstance(found.node, MapNode) or not found.node.values or len(found.rest) > 2:  # noqa: PLR2004 - a text and its language
        raise no_such(found)
    key, *below = found.rest
    written = write_scalar(value, flow=bool(below) or _is_flow(text, found.node))
    for word in reversed(below):
        written = f"{{{word}: {written}}}"
    entry, path = f"{key}: {written}", (*found.path, key)
    if _is_flow(text, found.node):
        changed = _insert_flow(text, found.node, entry)
    else:
        column = next(iter(found.node.keys.values())).start.column
        changed = _insert_line(text, found.node, " " * column + entry)
    return _verified(root, Edit(changed, path, None, written, 0), lambda tree: _put(tree, path, _value_of(written)))


def read_address(address: str) -> Words:
    """Split `criteria.forecasting.weight`, or `$.criteria[2].weight` as findings write it.

    Raises:
        UsageProblem: It is neither.
    """
    if not _WHOLE.fullmatch(address) or address == "$":
        raise UsageProblem(
            Sentence('"{address}" is no way to a value').format(address=clean_line(address)),
            hint="such as criteria.forecasting.weight or title.zh",
        )
    return tuple(int(number) if number else word for number, word in _STEPS.findall(address.removeprefix("$")))


def find_value(root: Node, words: Words) -> Found:
    """Follow an address to its end.

    Raises:
        NotFound: It does not lead there; the hint names the nearest word.
    """
    found = follow(root, words)
    if found.rest:
        raise no_such(found)
    return found


def follow(root: Node, words: Words) -> Found:
    """Follow an address as far as it leads."""
    node = root
    path: Path = ()
    parents: list[Node] = []
    for at, word in enumerate(words):
        step = _step(node, word)
        if step is None:
            return Found(path, node, words[at:], tuple(parents))
        parents.append(node)
        path = (*path, step)
        node = _child(node, step)
    return Found(path, node, (), tuple(parents))


def no_such(found: Found) -> NotFound:
    """Return the error for an address that leads nowhere."""
    known = names_of(found.node)
    word = str(found.rest[0])
    hint = suggestion(word, known) if known else Sentence("a single value stands there")
    message = Sentence('there is no "{word}" in {path}').format(word=clean_line(word), path=render_path(found.path))
    return NotFound(message, hint=hint)


def names_of(node: Node) -> list[str]:
    """Return the names of a node's children."""
    if isinstance(node, MapNode):
        return list(node.values)
    if isinstance(node, ListNode):
        return [_name(item) or str(i) for i, item in enumerate(node.items)]
    return []


def _step(node: Node, word: str | int) -> str | int | None:
    if isinstance(node, MapNode):
        return str(word) if str(word) in node.values else None
    if not isinstance(node, ListNode):
        return None
    names = [_name(item) for item in node.items]
    if isinstance(word, str) and word in names:
        return names.index(word)
    # a bare number is no position where items have names: levels would be taken for one another
    named = any(names[i] for i, item in enumerate(node.items) if isinstance(item, MapNode))
    if isinstance(word, str) and (named or not _POSITION.fullmatch(word)):
        return None
    return int(word) if int(word) < len(names) else None


def _child(node: Node, step: str | int) -> Node:
    if isinstance(node, MapNode):
        return node.values[str(step)]
    if isinstance(node, ListNode):
        return node.items[int(step)]
    raise AssertionError(f"{step!r} was found in a single value")


def _name(item: Node) -> str:
    """Return what an item is called: itself if it is a single value, else its id, bank or level."""
    if isinstance(item, ScalarNode):
        return item.text
    found = (item.values.get(name) for name in _NAMES) if isinstance(item, MapNode) else iter(())
    return next((node.text for node in found if isinstance(node, ScalarNode)), "")


def _tree(text: str, file: str) -> Node:
    findings = Findings(file)
    root = parse_yaml(text, findings)
    if root is None or has_errors(findings.items):
        raise FindingsError("the file is not changed", findings.in_order(), hint="mend what the findings name first")
    return root


def _verified(root: Node, edit: Edit, change: Callable[[Any], None]) -> Edit:
    """Return the edit if the new text differs from the old one by nothing but the change.

    Raises:
        Refused: It differs by more, or is no YAML.
    """
    wanted = _plain(root)
    change(wanted)
    findings = Findings("-")
    read = parse_yaml(edit.text, findings)
    if read is None or findings.failed or _plain(read) != wanted:
        raise Refused(BY_HAND.format(path=render_path(edit.path)), hint=BY_HAND_HINT)
    return evolve(edit, line=locate(read, edit.path).line + 1)


def _plain(node: Node) -> Any:
    """Return a tree's content without positions; a quoted value differs from an unquoted one."""
    match node:
        case MapNode():
            return {key: _plain(value) for key, value in node.values.items()}
        case ListNode():
            return [_plain(item) for item in node.items]
        case ScalarNode():
            return (node.text, node.quoted)
    return None


def _value_of(written: str) -> Any:
    """Return the content of a value as written."""
    root = parse_yaml(f"- {written}", Findings("-"))
    return _plain(root.items[0]) if isinstance(root, ListNode) and root.items else None


def _put(tree: Any, path: Path, value: Any) -> None:
    *way, last = path
    for step in way:
        tree = tree[step]
    if isinstance(tree, list) and last == len(tree):
        tree.append(value)
    else:
        tree[last] = value


def _drop(tree: Any, path: Path) -> None:
    *way, last = path
    for step in way:
        tree = tree[step]
    del tree[last]


def _as_map(node: Node) -> MapNode:
    if isinstance(node, MapNode):
        return node
    raise AssertionError("a single value has nothing in it")


def _is_flow(text: str, node: Node) -> bool:
    """Return whether a list or mapping is written in brackets."""
    sign = text[node.start.index : node.start.index + 1]
    return isinstance(node, ListNode | MapNode) and sign in ("[", "{")


def _in_flow(text: str, found: Found) -> bool:
    return any(_is_flow(text, parent) for parent in found.parents)


def _content_end(text: str, node: Node) -> int:
    """Return where a value ends, without the comments and blank lines that follow it."""
    if isinstance(node, ListNode | MapNode) and not _is_flow(text, node):
        children = node.items if isinstance(node, ListNode) else tuple(node.values.values())
        return _content_end(text, children[-1])
    end = node.end.index
    return node.start.index + len(text[node.start.index : end].rstrip())


def _spans(text: str, parent: Node) -> list[tuple[int, int]]:
    """Return where each item, or each key with its value, begins and ends."""
    if isinstance(parent, ListNode):
        return [(item.start.index, _content_end(text, item)) for item in parent.items]
    node = _as_map(parent)
    return [
        (node.keys[key].start.index, max(_content_end(text, value), node.keys[key].end.index + 1))
        for key, value in node.values.items()
    ]


def _insert_line(text: str, node: Node, line: str) -> str:
    """Put a line after the last of a block."""
    newline = "\r\n" if "\r\n" in text else "\n"
    end = text.find("\n", _content_end(text, node))
    if end < 0:
        return text + newline + line + newline
    return text[: end + 1] + line + newline + text[end + 1 :]


def _insert_flow(text: str, node: ListNode | MapNode, entry: str) -> str:
    """Put an entry before the closing bracket."""
    spans = _spans(text, node)
    if not spans:
        return text[: node.start.index + 1] + entry + text[node.end.index - 1 :]
    at = spans[-1][1]
    rest = text[at : node.end.index]
    comma = len(rest) - len(rest.lstrip()) + 1 if rest.lstrip().startswith(",") else 0
    return text[: at + comma] + (" " if comma else ", ") + entry + text[at + comma :]


def _cut_flow(_text: str, spans: list[tuple[int, int]], at: int) -> tuple[int, int]:
    """Return the span to cut out of brackets, with one comma."""
    return (spans[at - 1][1], spans[at][1]) if at else (spans[0][0], spans[1][0])


def _cut_lines(text: str, spans: list[tuple[int, int]], at: int) -> tuple[int, int]:
    """Return the span of the lines to cut out of a block."""
    start, end = spans[at]
    newline = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if newline < 0 else newline + 1


def _further(node: Node) -> str:
    if isinstance(node, MapNode):
        return Sentence("name one of: {names}").format(names=", ".join(list(node.values)[:12]))
    return Sentence("add to it with --append, or name one of its items") if isinstance(node, ListNode) else ""
