"""A tree of nodes, built from a YAML parser's events."""

from collections.abc import Callable, Iterable
from typing import Any

from yaml import events

from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import clean_text
from hiringkit.library import mistakes
from hiringkit.library.findings import Findings
from hiringkit.library.nodes import ListNode, MapNode, Mark, Node, Path, RefusedNode, ScalarNode

MOST_DEEP = 50
MOST_EVENTS = 50_000

Frame = tuple[Any, list[Node]]
"""The event that opened a collection, and what it holds so far: keys and values by turns in a mapping."""


_Taker = Callable[[Any], None]


class Stopped(Exception):  # noqa: N818 - not an error: reading has come far enough
    """Nothing more is read; a finding says why, where there is something to say."""


class Builder:
    """Makes nodes of events, with one frame for each collection that is open."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.top: list[Node] = []
        self.children = self.top
        self.frames: list[Frame] = []
        self.documents = 0
        self.takers: dict[type, _Taker] = {
            events.ScalarEvent: self._scalar,
            events.SequenceStartEvent: self._open,
            events.MappingStartEvent: self._open,
            events.SequenceEndEvent: self._close,
            events.MappingEndEvent: self._close,
            events.AliasEvent: self._alias,
            events.DocumentStartEvent: self._document,
        }

    @property
    def root(self) -> Node | None:
        """The document, once it has been read to its end."""
        return self.top[0] if self.top else None

    def read(self, stream: Iterable[Any], enough: Callable[["Builder"], bool] | None = None) -> None:
        """Take events until there are no more, or there is enough.

        Raises:
            Stopped: A finding says why reading stopped.
        """
        takers = self.takers
        for count, event in enumerate(stream):
            if taker := takers.get(type(event)):
                taker(event)
            if enough and enough(self):
                return
            if count > MOST_EVENTS:
                self.stop(mistakes.TOO_MANY_VALUES, event.start_mark, limit=MOST_EVENTS)

    def _scalar(self, event: Any) -> None:
        text = event.value
        if event.tag is not None:
            self._refuse_tag(event)
            self.children.append(RefusedNode(event.start_mark, event.end_mark))
            return
        if not text.isprintable():
            text = self._cleaned(text, event.start_mark)
        self.children.append(ScalarNode(text, bool(event.style), event.start_mark, event.end_mark))

    def _open(self, event: Any) -> None:
        if event.tag is not None:
            self._refuse_tag(event)
        if len(self.frames) == MOST_DEEP:
            self.stop(mistakes.TOO_DEEP, event.start_mark, limit=MOST_DEEP)
        self.children = []
        self.frames.append((event, self.children))

    def _close(self, event: Any) -> None:
        start, children = self.frames.pop()
        self.children = self.frames[-1][1] if self.frames else self.top
        make = self._mapping if type(event) is events.MappingEndEvent else _list
        self.children.append(make(start.start_mark, event.end_mark, children))

    def _alias(self, event: Any) -> None:
        self.findings.add(mistakes.ALIAS, event.start_mark, self.path(), name=event.anchor)
        self.children.append(RefusedNode(event.start_mark, event.end_mark))

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
        by_turns = iter(children)
        for key, value in zip(by_turns, by_turns, strict=True):
            if isinstance(key, ScalarNode) and (text := key.text) not in keys and (text != "<<" or key.quoted):
                keys[text] = key
                values[text] = value
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
                found = Sentence("a list" if isinstance(key, ListNode) else "keys and values")
                self.findings.add(mistakes.KEY_NOT_TEXT, key.start, path, found=found)

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
