"""Filled cards as files: `hiringkit/card/1`, signed with the card's own key.

The signature finds files that were mixed up, cut off or edited. It proves no identity: whoever has the empty card has
its key.
"""

import hmac
import json
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import frozen

from hiringkit.domain.card import CARD_ENDING, MOST_BYTES, CardHeader, CardPage, FilledCard
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.shape import ID_SHAPE
from hiringkit.errors import Refused
from hiringkit.exchange.record import Malformed, structure, unstructure
from hiringkit.exchange.text_files import STDIN, read_bytes
from hiringkit.files import read_plainly
from hiringkit.text.clean import clean_line, clean_text
from hiringkit.text.sentence import Sentence

SCHEMA = "hiringkit/card/1"
_HEADER = ("card", "interview", "opening", "candidate", "interviewer", "rubric", "issued_at")
SAVE_AGAIN = Sentence("open the card, save it again, and send that file")
TOO_LARGE = Sentence("the file is larger than {most:,} bytes")
NOT_JSON = Sentence("the file is not JSON: {why}")
NOT_JSON_AT = Sentence("line {line}, column {column}: the file is not JSON: {why}")
CUT_OFF = Sentence("the file is empty, or was cut off on its way")
IS_THE_CARD = Sentence("this is the empty card, not what was saved from it")
IS_THE_CARD_HINT = Sentence("open it in a browser, save it there, and receive the {ending} file")
NO_CARD = Sentence("the file is no filled card")
NEWER = Sentence("the file is a card of another hiringkit: {schema}")
NEWER_HINT = Sentence("upgrade the program: pip install --upgrade hiringkit")
EXPECTED = Sentence("{path}: expected {expected}")
NO_PAGE = Sentence("the file is no interview card")
NO_PAGE_HINT = Sentence("hiringkit interview card INTERVIEW -o card.html hands one out")
OLD_PAGE = Sentence("the card was handed out by an older hiringkit, and only a browser can fill it in")
OLD_PAGE_HINT = Sentence("open it in a browser, or have a new card handed out")
_MOST_PAGE = 10_000_000
_EMBEDDED = re.compile(rb'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)
_KEY = re.compile("(?:[0-9a-f]{2}){16,64}")


@frozen
class SignedCard:
    """A filled card as it stands in a file."""

    card: FilledCard
    signed: bytes
    """What the signature is of."""
    signature: str
    """As it stands in the file."""

    def is_signed_with(self, key: str) -> bool:
        """Return whether the file is just as the card with this key saved it."""
        return hmac.compare_digest(signature(self.signed, key).encode(), self.signature.encode("utf-8", "replace"))


def read_card(file: str) -> SignedCard:
    """Read a filled card from a file, or from standard input for `-`.

    Raises:
        NotFound: There is no such file.
        Refused: It cannot be read, or is no filled card.
    """
    if file != STDIN:
        with read_plainly(Path(file)):
            if Path(file).stat().st_size > MOST_BYTES:
                raise _too_large()
    return parse_card(read_bytes(file))


def read_card_page(path: Path) -> CardPage:
    """Read an empty card, as it was handed out.

    Raises:
        NotFound: There is no such file.
        Refused: It cannot be read, is no card, or was handed out by a program that put in less.
    """
    with read_plainly(path):
        if path.stat().st_size > _MOST_PAGE:
            raise Refused(NO_PAGE, hint=NO_PAGE_HINT)
        data = path.read_bytes()
    found = _EMBEDDED.search(data)
    if found is None:
        raise Refused(NO_PAGE, hint=NO_PAGE_HINT)
    content = _object(found[1])
    if "about" not in content or "kit" not in content:
        raise Refused(OLD_PAGE, hint=OLD_PAGE_HINT)
    try:
        about: CardHeader = structure(
            {key: value for key, value in _an_object(content, "about").items() if key in _HEADER}, CardHeader
        )
        ids = (about.opening, about.candidate, about.interviewer)
        parts = about.interview.split("/")
        if tuple(parts[: len(ids)]) != ids or not all(ID_SHAPE.fits(each) for each in parts):
            raise Malformed("$.about.interview", Sentence("the ids of opening, candidate and interviewer"))  # noqa: TRY301 - reported like every other value
        if not _KEY.fullmatch(str(content.get("key"))):
            raise Malformed("$.key", Sentence("a text"))  # noqa: TRY301 - see above
        candidate, interviewer = _an_object(content, "candidate"), _an_object(content, "interviewer")
        return CardPage(
            about=about,
            key=str(content["key"]),
            title=clean_line(str(content.get("title") or about.opening)),
            candidate=Candidate(
                about.candidate,
                clean_line(str(candidate.get("name") or about.candidate)),
                note=clean_text(str(candidate.get("note") or "")),
                resume_line=clean_line(str(candidate.get("resume_line") or "")),
            ),
            interviewer=Interviewer(about.interviewer, clean_line(str(interviewer.get("name") or about.interviewer))),
            kit=str(content["kit"]),
        )
    except Malformed as error:
        raise Refused(EXPECTED.format(path=error.path, expected=error.expected), hint=NO_PAGE_HINT) from None


def _an_object(content: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = content.get(key)
    if not isinstance(value, dict):
        raise Malformed(f"$.{key}", Sentence("an object"))
    return value


def parse_card(data: bytes) -> SignedCard:
    """Read a filled card.

    Raises:
        Refused: It is none, with what is wrong.
    """
    if len(data) > MOST_BYTES:
        raise _too_large()
    content = _object(data)
    if content.pop("schema", None) != SCHEMA:
        raise Refused(NO_CARD, hint=SAVE_AGAIN)
    found = content.pop("signature", None)
    signed = canonical({"schema": SCHEMA, **content})
    try:
        if not isinstance(found, str):
            raise Malformed("$.signature", Sentence("a text"))  # noqa: TRY301 - reported like every other value
        about = {key: content.pop(key) for key in _HEADER if key in content}
        card: FilledCard = structure({**content, "about": about}, FilledCard)
        _check(card)
    except Malformed as error:
        path = error.path.replace("$.about", "$")
        raise Refused(EXPECTED.format(path=path, expected=error.expected), hint=SAVE_AGAIN) from None
    return SignedCard(card, signed, found)


def _too_large() -> Refused:
    return Refused(TOO_LARGE.format(most=MOST_BYTES), hint=SAVE_AGAIN)


def _object(data: bytes) -> dict[str, Any]:
    if data.lstrip()[:15].lower().startswith((b"<!doctype", b"<html")):
        raise Refused(IS_THE_CARD, hint=IS_THE_CARD_HINT.format(ending=CARD_ENDING))
    try:
        content = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise Refused("the file is not UTF-8", hint=SAVE_AGAIN) from None
    except json.JSONDecodeError as error:
        ended = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated")
        place = NOT_JSON_AT.format(line=error.lineno, column=error.colno, why=error.msg)
        raise Refused(CUT_OFF if ended else place, hint=SAVE_AGAIN) from None
    except (ValueError, RecursionError) as error:
        raise Refused(NOT_JSON.format(why=clean_line(str(error))[:80]), hint=SAVE_AGAIN) from None
    if not isinstance(content, dict):
        raise Refused(NO_CARD, hint=SAVE_AGAIN)
    schema = content.get("schema")
    if isinstance(schema, str) and schema.startswith("hiringkit/card/") and schema != SCHEMA:
        raise Refused(NEWER.format(schema=clean_line(schema)[:40]), hint=NEWER_HINT)
    return content


def _refuse_constant(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _check(card: FilledCard) -> None:
    """Raise where values that are right by themselves do not fit each other."""
    seen: set[str] = set()
    for position, each in enumerate(card.ratings):
        if each.question in seen:
            raise Malformed(f"$.ratings[{position}].question", Sentence("a question that is not rated above"))
        seen.add(each.question)


def canonical(content: Mapping[str, Any]) -> bytes:
    """Write JSON in the one form that the page, which has another language, writes too: keys sorted, no blanks.

    Raises:
        Refused: It is nested too deeply.
    """
    try:
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    except RecursionError as error:
        raise Refused(NOT_JSON.format(why=clean_line(str(error))[:80]), hint=SAVE_AGAIN) from None
    return text.encode("utf-8", "surrogatepass")


def signature(signed: bytes, key: str) -> str:
    """Return the signature of a filled card; the key is in hexadecimal digits."""
    return "hmac-sha256:" + hmac.new(bytes.fromhex(key), signed, sha256).hexdigest()


def header_document(header: CardHeader) -> dict[str, Any]:
    """Return what every file saved from a card begins with."""
    return {"schema": "hiringkit/card/1", **unstructure(header)}  # in full: a test looks for documents by these words


def format_card(card: FilledCard, key: str) -> bytes:
    """Write a filled card as the page does."""
    content = {
        **header_document(card.about),
        "state": str(card.state),
        "saved_at": card.saved_at.isoformat(),
        "ratings": [
            {
                "question": each.question,
                "rating": each.rating,
                "evidence": each.evidence,
                "probes": list(each.probes),
                "rated_at": each.rated_at and each.rated_at.isoformat(),
            }
            for each in card.ratings
        ],
        "recommendation": card.recommendation,
        "summary": card.summary,
        "notes": card.notes,
    }
    whole = {**content, "signature": signature(canonical(content), key)}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
