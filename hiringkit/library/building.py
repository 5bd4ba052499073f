"""A tree of nodes, built from a YAML parser's events."""

from typing import TYPE_CHECKING, Any

from yaml import events

from hiringkit.domain.text import clean_text
from hiringkit.library import mistakes
from hiringkit.library.findings import Findings
from hiringkit.library.nodes import ListNode, MapNode, Mark, Node, Path, RefusedNode, ScalarNode

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_DEEP = 50

Frame = tuple[Any, list[Node]]
"""The event that opened a collection, and what it holds so far: keys and values by turns in a mapping."""


class Stopped(Exception):  # noqa: N818 - not an error: reading has come far enough
    """Nothing more is read; a finding says why, where there is something to say."""


class Builder:
    """Makes nodes of events, with one frame for each collection that is open."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.root: Node | None = None
        self.frames: list[Frame] = []
        self.documents = 0
        self.takers: dict[type, Callable[[Any], None]] = {
            events.ScalarEvent: self._scalar,
            events.SequenceStartEvent: self._open,
            events.MappingStartEvent: self._open,
            events.SequenceEndEvent: self._close,
            events.MappingEndEvent: self._close,
            events.AliasEvent: self._alias,
            events.DocumentStartEvent: self._document,
        }

    def feed(self, event: Any) -> None:
        """Take the next event."""
        if taker := self.takers.get(type(event)):
            taker(event)

    def _scalar(self, event: Any) -> None:
        start, end, text = event.start_mark, event.end_mark, event.value
        if event.tag is not None:
            self._refuse_tag(event)
            self._put(RefusedNode(start, end))
            return
        if not text.isprintable():
            text = self._cleaned(text, start)
        self._put(ScalarNode(text, bool(event.style), start, end))

    def _open(self, event: Any) -> None:
        if event.tag is not None:
            self._refuse_tag(event)
        if len(self.frames) == MOST_DEEP:
            self.stop(mistakes.TOO_DEEP, event.start_mark, limit=MOST_DEEP)
        self.frames.append((event, []))

    def _close(self, event: Any) -> None:
        start, children = self.frames.pop()
        make = self._mapping if type(event) is events.MappingEndEvent else _list
        self._put(make(start.start_mark, event.end_mark, children))

    def _alias(self, event: Any) -> None:
        self.findings.add(mistakes.ALIAS, event.start_mark, self.path(), name=event.anchor)
        self._put(RefusedNode(event.start_mark, event.end_mark))

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self.stop(mistakes.SEVERAL_DOCUMENTS, event.start_mark)

    def _cleaned(self, text: str, start: Mark) -> str:
        cleaned = clean_text(text)
        found = next((old for old, new in zip(text.replace("\r\n", "\n"), cleaned, strict=True) if old != new), None)
        if found:
            self.findings.add(mistakes.CONTROL_CHARACTER, start, self.path(), character=f"U+{ord(found):04X}")
        return cleaned

    def _refuse_tag(self, event: Any) -> None:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        self.findings.add(mistakes.TAG, event.start_mark, self.path(), tag=tag)

    def _mapping(self, start: Mark, end: Mark, children: list[Node]) -> MapNode:
        keys: dict[str, ScalarNode] = {}
        values: dict[str, Node] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if isinstance(key, ScalarNode) and key.text not in keys and (key.text != "<<" or key.quoted):
                keys[key.text] = key
                values[key.text] = value
            else:
                self._refuse_key(key, keys)
        return MapNode(keys, values, start, end)

    def _refuse_key(self, key: Node, keys: dict[str, ScalarNode]) -> None:
        path = self.path()
        match key:
            case ScalarNode(text=text) if text in keys:
                line = keys[text].start.line + 1
                self.findings.add(mistakes.DUPLICATE_KEY, key.start, (*path, text), key=text, line=line)
            case ScalarNode():
                self.findings.add(mistakes.MERGE_KEY, key.start, path)
            case ListNode() | MapNode():
                found = "a list" if isinstance(key, ListNode) else "keys and values"
                self.findings.add(mistakes.KEY_NOT_TEXT, key.start, path, found=found)

    def _put(self, node: Node) -> None:
        if self.frames:
            self.frames[-1][1].append(node)
        else:
            self.root = node

    def stop(self, mistake: mistakes.Mistake, mark: Any, **fields: Any) -> None:
        """Read no further, and say why."""
        self.findings.add(mistake, mark, **fields)
        raise Stopped

    def path(self) -> Path:
        """Return the way to the value that is being read."""
        return tuple(step for start, children in self.frames for step in _step(start, children))


def _step(start: Any, children: list[Node]) -> Path:
    if not isinstance(start, events.MappingStartEvent):
        return (len(children),)
    key = children[-1] if len(children) % 2 else None
    return (key.text,) if isinstance(key, ScalarNode) else ()


def _list(start: Mark, end: Mark, children: list[Node]) -> ListNode:
    return ListNode(tuple(children), start, end)
