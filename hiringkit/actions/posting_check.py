"""What somebody's posting says of what a rubric says: by the rubric's expressions, each verdict with its passage."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from unicodedata import normalize

from attrs import evolve, frozen

from hiringkit.actions.posting_facts import lacking, must_haves
from hiringkit.actions.posting_kin import kin_of
from hiringkit.actions.posting_text import ASKED, Passage, PostingText, Zone, read_posting
from hiringkit.actions.posting_wording import check_words
from hiringkit.domain.expression import Expression, Part, parse_expression
from hiringkit.domain.posting import Mention, PostingCheck, Sought
from hiringkit.domain.rubric import Rubric
from hiringkit.errors import Refused
from hiringkit.text.clean import clean_line
from hiringkit.text.language import HAN, Text, language_of, wordings_of
from hiringkit.text.similarity import WordIndex, index_words, stem

MOST_SIGNS = 200_000
PERHAPS = 0.08
"""The likeness to everything that a rubric says of a thing from which a sentence may say it.

Of postings labelled before the check had seen them, 0.08 found more than 0.13 and was wrong hardly more often.
"""
ALIKE = 0.2
"""The likeness from which a single word in common is enough."""
_FEWEST_SHARED = 2
VERBATIM = 0.7
"""The share of a text's own words from which a passage repeats it."""
_FEWEST_VERBATIM = 2
RELATED = 5
"""Responsibilities and tasks found by which a posting is one of the rubric's job, where its title has a word of it."""
RELATED_UNNAMED = 8
"""As many where its title has none: every manager of people has goals, figures and newcomers."""
_FEWEST_NAMED = 3
"""So many of them must stand beside a word of the rubric's title, such as sales."""
_REACH = {False: 24, True: 36}
"""How many words, or Chinese characters, an expression may span: those of a long sentence, or of two short ones."""
_GAP = {False: 10, True: 12}
"""What the end of a sentence counts for within a reach, at most; the end of a short one counts less."""
_LONG_SENTENCE = 90
"""Characters from which a sentence in which something was found may say one more thing."""
_LABEL_WORDS = 3
"""A first sentence of so few words names what its item is about."""
_MOST_PLACES = 60
_WORD = re.compile(rf"[^\W_{HAN}]+(?:'[^\W_{HAN}]+)*")
_EMAIL = re.compile(r"[a-z0-9._%+-]{1,80}@[a-z0-9.-]{1,80}")
_LEVELS = frozenset(
    """manager head lead director analyst specialist associate senior junior executive officer coordinator vp of the and
    经理 主管 总监 专员 负责人 分析师 高级""".split()  # noqa: SIM905 - words to read
)
_LITTLE = frozenset({"of", "the", "and"})
_LEVEL = re.compile(
    "|".join(rf"\b{word}\b" if word.isascii() else word for word in sorted(_LEVELS - _LITTLE)), re.IGNORECASE
)
_SHORT_NAMES = {
    "ops": ("operations",),
    "op": ("operations",),
    "revops": ("revenue", "operations"),
    "salesops": ("sales", "operations"),
    "mops": ("marketing", "operations"),
    "csops": ("customer", "success", "operations"),
    "cs": ("customer", "success"),
}
_KIN = {
    "commercial": "sales",
    "gtm": "sales",
    "excellence": "operations",
    "effectiveness": "operations",
    "productivity": "operations",
    "performance": "operations",
}
"""Words that firms put for those of a rubric's title."""
_OF_EVERY_JOB = frozenset({"operations", "运营"})
_HEAD_LINES = 5
_LONGEST_TITLE = 60
_PIECE = re.compile(r"[|·•–—,;:()\[\].]|\s[-/]\s")
"""What parts a title from the firm and the place in its line."""
_LONGEST_LINE = 120


@frozen
class _Place:
    """Where an alternative stands: its block, its span there, and the passage."""

    block: int
    start: int
    end: int
    passage: int
    denied: bool = False
    """Whether what stands there is denied."""
    denying: bool = False
    """Whether it is itself a word that denies, as the `no` of "no supervision needed"."""


class _Searched:
    """The evidence of a posting, searched for alternatives by language."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self.passages = [each for each in passages if each.evidence]
        self._texts = [
            _EMAIL.sub(lambda found: "_" * len(found[0]), normalize("NFKC", each.text).lower().replace("’", "'"))
            for each in self.passages
        ]
        self._words: dict[str, list[_Place]] = {}
        self._starts: list[int] = []
        self._found: dict[tuple[bool, str], list[_Place]] = {}
        self._vocabulary: list[str] = []
        self._index()

    def _index(self) -> None:
        """Give each passage its position in its block, and note each English word by its stem."""
        at = dict.fromkeys({each.block for each in self.passages}, 0)
        labels: dict[int, list[tuple[str, _Place]]] = {}
        for n, (passage, text) in enumerate(zip(self.passages, self._texts, strict=True)):
            start = at[passage.block]
            self._starts.append(start)
            words = len(_WORD.findall(text))
            is_label = not passage.han and passage.block not in labels and words <= _LABEL_WORDS
            self._repeat(labels.setdefault(passage.block, []), start)
            for word in _WORD.finditer(text):
                # the words in letters of a Chinese passage are counted in its characters
                first, last = (start + word.start(), start + word.end()) if passage.han else (start, start + 1)
                place = self._place(n, first, last, word.start(), word.end())
                self._words.setdefault(stem(word[0]), []).append(place)
                self._words.setdefault("=" + word[0], []).append(place)
                if is_label:
                    labels[passage.block].append((word[0], place))
                start += 0 if passage.han else 1
            at[passage.block] = start + (len(text) + _GAP[True] if passage.han else min(words, _GAP[False]))
        self._vocabulary = [word[1:] for word in self._words if word.startswith("=")]

    def _repeat(self, label: list[tuple[str, _Place]], start: int) -> None:
        """Let the words that name what an item is about stand before each of its sentences."""
        for back, (word, place) in enumerate(reversed(label), 1):
            again = evolve(place, start=start - back, end=start - back + 1)
            self._words[stem(word)].append(again)
            self._words["=" + word].append(again)

    def _place(self, n: int, start: int, end: int, first: int, last: int) -> _Place:
        passage = self.passages[n]
        within = [each for each in passage.denials if each.scope[0] <= first < each.scope[1]]
        denying = any(first < each.end and each.start < last for each in within)
        return _Place(passage.block, start, end, n, bool(within), denying)

    def places(self, alternative: str, *, han: bool) -> list[_Place]:
        """Return where an alternative stands."""
        key = (han, alternative)
        if key not in self._found:
            search = self._in_chinese if han else self._in_english
            found = [place for each in (alternative, *kin_of(alternative)) for place in search(each)]
            self._found[key] = found[:_MOST_PLACES]
        return self._found[key]

    def _in_chinese(self, alternative: str) -> list[_Place]:
        pattern = _literal(alternative)
        return [
            self._place(n, self._starts[n] + each.start(), self._starts[n] + each.end(), each.start(), each.end())
            for n, text in enumerate(self._texts)
            if self.passages[n].han
            for each in pattern.finditer(text)
        ]

    def _in_english(self, alternative: str) -> list[_Place]:
        first, *rest = (alternative,) if alternative[-1] in "*=" else _WORD.findall(alternative)
        found = self._one(first)
        for word in rest:
            following = {(each.block, each.start): each for each in self._one(word)}
            found = [
                _Place(each.block, each.start, after.end, each.passage, each.denied, each.denying or after.denying)
                for each in found
                if (after := following.get((each.block, each.end)) or following.get((each.block, each.end + 1)))
                and after.passage == each.passage
                and (after.start == each.end or self.passages[each.passage].han)
            ]
        return found

    def _one(self, word: str) -> list[_Place]:
        if word.endswith("="):
            return self._words.get("=" + word[:-1], [])
        if not word.endswith("*"):
            return self._words.get(stem(word), [])
        begun = [each for each in self._vocabulary if each.startswith(word[:-1])]
        return sorted((place for each in begun for place in self._words["=" + each]), key=lambda place: place.start)


@lru_cache(maxsize=20_000)
def _literal(alternative: str) -> re.Pattern[str]:
    """Return the pattern of a Chinese alternative; letters in it stand for whole words."""
    text = re.escape(alternative.rstrip("*"))
    before = r"(?<![a-z])" if alternative[:1].isascii() else ""
    after = r"(?![a-z])" if alternative[-1:].isascii() and not alternative.endswith("*") else ""
    return re.compile(before + text + after)


def check_against(rubric: Rubric, text: str) -> PostingCheck:
    """Find each part of a rubric's job in a posting.

    A responsibility, competency, task, requirement or stakeholder is said where one of its expressions fits, or its own
    words stand there; perhaps said where a sentence in which nothing else was found is like it. Only evidence counts,
    and only of a posting of this job: its title says so, or five responsibilities and tasks are there (eight where
    the title has no word of the rubric's).

    Raises:
        Refused: There is no text, or far too much.
    """
    if len(text) > MOST_SIGNS:
        raise Refused("the posting is too long to be one", hint="at most 200,000 signs")
    read = read_posting(text)
    if not any(map(str.isalnum, text)):
        raise Refused("the posting has no text")
    searched = _Searched(read.passages)
    wanted = list(wanted_of(rubric))
    found = [_by_expression(each, searched) for each in wanted]
    cores = [fit for each, fit in zip(wanted, found, strict=True) if fit and each[0] in {"responsibility", "task"}]
    fewest = RELATED if _shares_title(rubric, read) else RELATED_UNNAMED
    related = _has_title(rubric, read) or (len(cores) >= fewest and _named(rubric, searched, cores) >= _FEWEST_NAMED)
    if not related:
        found = [None] * len(wanted)
    repeated = _repeated(wanted, searched) if related else {}
    claimed = _implied(wanted, [fit or repeated.get(n) for n, fit in enumerate(found)])
    guesses = _guesses(wanted, claimed, searched) if related else {}
    guesses |= {n: guesses[m] for n, m in _said_with(wanted) if m in guesses and n not in guesses}
    sought = tuple(_sought(each, claimed[n], guesses.get(n), searched) for n, each in enumerate(wanted))
    return PostingCheck(
        rubric.id,
        language_of(text),
        sum(each.zone is not Zone.TITLE for each in read.passages),
        sought,
        related,
        check_words(read.passages),
        lacking(read),
        must_haves(read),
    )


Wanted = tuple[str, str, tuple[Text, ...], Mapping[str, tuple[str, ...]]]
"""Kind, id, what the rubric says, and its expressions."""


def wanted_of(rubric: Rubric) -> Iterator[Wanted]:
    """Yield what a posting may say."""
    for criterion in rubric.criteria:
        yield str(criterion.kind), criterion.id, (criterion.name, criterion.definition), criterion.also
    if role := rubric.role:
        yield from (("task", each.id, (each.text,), each.also) for each in role.tasks)
        yield from (("requirement", each.id, (each.text,), each.also) for each in role.requirements)
        yield from (("stakeholder", each.id, (each.text,), each.also) for each in role.stakeholders)


def _by_expression(wanted: Wanted, searched: _Searched) -> tuple[int, int] | None:
    """Return the first and last passage in which an expression fits.

    Of several the one where postings say it (requirements among requirements, the rest not), then the one of most
    parts, then the one that spans least.
    """
    asked = wanted[0] == "requirement"
    best: tuple[bool, int, int, int, int] | None = None
    for language, written in wanted[3].items():
        for text in written:
            expression = _parsed(text)
            fit = expression and expression.parts and _fit(expression, searched, han=language == "zh")
            if expression and fit:
                elsewhere = (searched.passages[fit[1]].zone in ASKED) != asked
                found = (elsewhere, -len(expression.parts), *fit)
                best = min(best, found) if best else found
    return best[3:] if best else None


def _said_with(wanted: list[Wanted]) -> Iterator[tuple[int, int]]:
    """Yield the places of what is said wherever something else is, and of that."""
    places = {each[1]: n for n, each in enumerate(wanted)}
    for n, each in enumerate(wanted):
        for text in (text for written in each[3].values() for text in written):
            expression = _parsed(text)
            if expression and expression.same_as in places:
                yield n, places[expression.same_as]


def _implied(wanted: list[Wanted], found: list[tuple[int, int] | None]) -> list[tuple[int, int] | None]:
    """Return what was found with what is said by it."""
    every = list(found)
    for n, other in _said_with(wanted):
        every[n] = every[n] or found[other]
    return every


def _named(rubric: Rubric, searched: _Searched, fits: Iterable[tuple[int, int]]) -> int:
    """Return how many passages stand beside a word of the rubric's title."""
    words = {word for title in rubric.title.by_language.values() for word in _title_words(title)} - _OF_EVERY_JOB
    passages = {fit[0] for fit in fits}
    return sum(1 for n in passages if not words or words & set(_title_words(searched.passages[n].text)))


@cache
def _parsed(text: str) -> Expression | None:
    return parse_expression(text)


def _fit(expression: Expression, searched: _Searched, *, han: bool) -> tuple[int, int, int] | None:
    """Return the span of the narrowest fit, and its first and last passage.

    Nothing that is denied fits, unless the expression itself says the denying word.
    """
    every = [_places(part, searched, han=han) for part in expression.parts]
    if not all(every):
        return None
    barred = {place.passage for part in expression.barred for place in _places(part, searched, han=han)}
    rows = [[place for place in row if not place.denied] for row in every]
    fits = list(_fits(rows, _REACH[han])) if all(rows) else []
    for n, row in enumerate(every):
        if denying := [place for place in row if place.denying]:
            fits += _fits([denying, *every[:n], *every[n + 1 :]], _REACH[han])
    return min((fit for fit in fits if fit[1] not in barred and fit[2] not in barred), default=None)


def _places(part: Part, searched: _Searched, *, han: bool) -> list[_Place]:
    return [place for each in part.alternatives for place in searched.places(each, han=han)]


def _fits(rows: list[list[_Place]], reach: int) -> Iterator[tuple[int, int, int]]:
    first, *rest = sorted(rows, key=len)
    for place in first:
        if fit := _around(place, rest, reach):
            yield fit


def _around(place: _Place, rest: list[list[_Place]], reach: int) -> tuple[int, int, int] | None:
    """Return the narrowest span around a place in which each of the other parts stands, on words of its own."""
    taken = [place]
    for row in rest:
        near = [
            each
            for each in row
            if each.block == place.block and not any(each.start < t.end and t.start < each.end for t in taken)
        ]
        low, high = min(t.start for t in taken), max(t.end for t in taken)
        chosen = min(near, key=lambda each: max(high, each.end) - min(low, each.start), default=None)
        if chosen is None or max(high, chosen.end) - min(low, chosen.start) > reach:
            return None
        taken.append(chosen)
    span = max(t.end for t in taken) - min(t.start for t in taken)
    return span, min(t.passage for t in taken), max(t.passage for t in taken)


def _has_title(rubric: Rubric, read: PostingText) -> bool:
    """Return whether a heading or one of the first lines names the rubric's job, at whatever level."""
    lines = [text for _zone, text in read.lines[:_HEAD_LINES]]
    pieces = [piece for text in lines for piece in _PIECE.split(text) if _LEVEL.search(piece)]
    heads = [*read.headings, *(text for text in (*lines, *pieces) if len(text) <= _LONGEST_TITLE)]
    for title in rubric.title.by_language.values():
        wanted = set(_title_words(title))
        if wanted and any(
            wanted <= {_KIN.get(word, word) for word in _title_words(head)} | set(_title_words(head)) for head in heads
        ):
            return True
        if any(_speaks_of(title, line) for line in lines):
            return True
    return False


def _speaks_of(title: str, line: str) -> bool:
    """Return whether a line of text, such as "we seek a sales ops lead", names a job: its words, then its level.

    A level may stand before them as well, where nothing follows: "Program Manager II (Sales Operations)".
    """
    if not title.isascii():
        return title in line
    said = [
        word for each in re.findall(r"[a-z]+|[).,;:|/–—-]", line.lower()) for word in _SHORT_NAMES.get(each, (each,))
    ]
    words = list(_title_words(title))
    levels = _LEVELS - _LITTLE
    for n in range(len(said) - len(words) + 1):
        if said[n : n + len(words)] == words:
            after = said[n + len(words) : n + len(words) + 2]
            ends = len(line) <= _LONGEST_LINE and not (after and after[0].isalpha())
            if levels & set(after) or (ends and levels & set(said[:n])):
                return True
    return False


def _shares_title(rubric: Rubric, read: PostingText) -> bool:
    """Return whether the title of a posting, as far as one is to be seen, has a word of the rubric's."""
    heads = [text for _zone, text in read.lines[:_HEAD_LINES] if len(text) <= _LONGEST_TITLE]
    said = {word for head in heads for word in _title_words(head)}
    return any(said & set(_title_words(title)) for title in rubric.title.by_language.values())


def _title_words(text: str) -> Iterator[str]:
    """Yield the words of a title without those for its level; Chinese ones as pairs of characters."""
    lowered = normalize("NFKC", text).lower()
    for word in _LEVELS:
        lowered = lowered.replace(word, " ") if not word.isascii() else lowered
    for term in re.findall(r"[a-z]+|[\u3400-\u9fff]+", lowered):
        if term in _SHORT_NAMES:
            yield from _SHORT_NAMES[term]
        elif term.isascii():
            if term not in _LEVELS:
                yield term
        else:
            yield from (term[n : n + 2] for n in range(len(term) - 1))


def _repeated(wanted: list[Wanted], searched: _Searched) -> dict[int, tuple[int, int]]:
    """Return the passages that repeat the rubric's own words, by the place of the thing wanted."""
    words = [set(index_words(each.text)) for each in searched.passages]
    found: dict[int, tuple[int, int]] = {}
    for n, each in enumerate(wanted):
        for text in wordings_of(each[2]):
            own = set(index_words(text))
            fits = (i for i, said in enumerate(words) if len(own & said) >= VERBATIM * len(own))
            place = next((i for i in fits if not searched.passages[i].denials), None)
            if len(own) >= _FEWEST_VERBATIM and place is not None:
                found.setdefault(n, (place, place))
    return found


def _guesses(
    wanted: list[Wanted], claimed: list[tuple[int, int] | None], searched: _Searched
) -> dict[int, tuple[float, int, int]]:
    """Return what a sentence may say in which nothing of the kind was found, or which is long.

    It is compared, by TF-IDF cosine, with all that the rubric says of each thing, its expressions included, and counts
    for the one that it is most like, if that was not found elsewhere; the likeness and the first and last passage are
    returned by the place of the thing wanted.
    """
    kinds: dict[int, set[bool]] = {}
    for each, fit in zip(wanted, claimed, strict=True):
        for place in range(fit[0], fit[1] + 1) if fit else ():
            kinds.setdefault(place, set()).add(each[0] == "requirement")
    vocabularies = [_vocabulary(each) for each in wanted]
    words = [set(index_words(each)) for each in vocabularies]
    index = WordIndex(vocabularies)
    best: dict[int, tuple[float, int, int]] = {}
    for place, passage in enumerate(searched.passages):
        asked = passage.zone in ASKED
        if passage.denials or (asked in kinds.get(place, ()) and len(passage.text) < _LONG_SENTENCE):
            continue
        row = index.similarities(passage.text)
        n = max(range(len(row)), key=row.__getitem__)
        shared = len(words[n] & set(index_words(passage.text)))
        fits = not claimed[n] and wanted[n][0] in _GUESSED[asked] and (shared >= _FEWEST_SHARED or row[n] >= ALIKE)
        if fits and row[n] >= PERHAPS:
            best[n] = max(best.get(n, (0.0, 0, 0)), (row[n], place, place))
    return best


_GUESSED = {True: frozenset({"requirement"}), False: frozenset({"responsibility", "task"})}


def _vocabulary(wanted: Wanted) -> str:
    """Return all words that a rubric has for a thing."""
    own = wordings_of(wanted[2])
    expressions = (parsed for written in wanted[3].values() for text in written if (parsed := _parsed(text)))
    others = (each for parsed in expressions for part in parsed.parts for each in part.alternatives)
    return " ".join((*own, *(each.rstrip("*=").replace("-", " ") for each in others)))


def _sought(
    wanted: Wanted, place: tuple[int, int] | None, guess: tuple[float, int, int] | None, searched: _Searched
) -> Sought:
    kind, identity, texts, _also = wanted
    if place is None and guess is None:
        return Sought(kind, identity, texts[0], 0.0, "", Mention.MISSING)
    likeness, first, last = (1.0, *place) if place else guess or (0.0, 0, 0)
    passage = clean_line(" ".join(each.text for each in searched.passages[first : last + 1]))
    return Sought(kind, identity, texts[0], likeness, passage, Mention.SAID if place else Mention.PERHAPS)
