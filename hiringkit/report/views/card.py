"""The interview card: one page that an interview is held with, far from the database; and what came back."""

from collections.abc import Mapping, Sequence
from typing import Any

from hiringkit.domain.card import CARD_ENDING, CardReceipt, CardState, longest_field
from hiringkit.domain.interview import Mark
from hiringkit.domain.level import write_level
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.question import Question
from hiringkit.domain.rubric import Rubric
from hiringkit.domain.shape import RECOMMENDATIONS
from hiringkit.locale import _, say
from hiringkit.report.model import Cell, Column, Report, Table, Tone, Word, said
from hiringkit.report.views.pack import Pack, page_question, rules
from hiringkit.report.words import recommendation_word
from hiringkit.text.language import LANGUAGES

_MOST_ANCHORS = 11
"""Levels that stand as cards beside each other; more are a list to choose from."""


def card_file(interview: str) -> str:
    """Name the files of an interview's card, without their endings; no id has a `_`, so no two share a name."""
    return interview.replace("/", "_")


def render_card(
    header: Mapping[str, Any],
    key: str,
    rubric: Rubric,
    questions: Sequence[Question],
    candidate: Candidate,
    interviewer: Interviewer,
    *,
    title: str,
    kit: str,
    complete: bool,
    language: str = "en",
) -> str:
    """Return a card as a page of HTML that needs nothing from anywhere.

    Args:
        header: What everything that is saved from the card begins with.
        key: What it is signed with, in hexadecimal digits.
        rubric: What is asked and rated.
        questions: The kit, in the order in which it is asked.
        candidate: Who is asked.
        interviewer: Who asks.
        title: The opening's.
        kit: The same as text, for whoever fills the card in with the program.
        complete: Whether every question needs a level or a mark.
        language: en or zh.
    """
    from hiringkit.report.render.html import embedded, render_page  # noqa: PLC0415 - the table does without jinja2

    words = _words()
    heading = _("Interview of {candidate} by {interviewer}").format(
        candidate=candidate.name, interviewer=interviewer.name
    )
    pack = Pack(rubric, tuple(questions))
    file = card_file(str(header["interview"])) + CARD_ENDING
    return render_page(
        "card.html",
        language,
        title=_("Interview card: {title}").format(title=title),
        heading=heading,
        candidate=candidate.name,
        opening=title,
        note=candidate.note,
        resume_line=candidate.resume_line,
        words=words,
        longest=longest_field(len(questions)),
        levels=[
            {
                "value": write_level(level.value),
                "label": level.label.in_language(language),
                "meaning": said(level.meaning, language),
            }
            for level in rubric.scale.levels
        ],
        many=len(rubric.scale.levels) > _MOST_ANCHORS,
        questions=[
            _page_question(pack, position, question, language) for position, question in enumerate(pack.questions)
        ],
        recommendations=[(code, recommendation_word(code).text) for code in (*RECOMMENDATIONS, "strong-no")],
        rules=rules(),
        foot=f"hiringkit · {header['interview']} · {rubric.id} {rubric.version} · {header['card']}",
        data=embedded(
            {
                "about": header,
                "key": key,
                "complete": complete,
                "file": file,
                "language": LANGUAGES[language].tag,
                "levels": [write_level(level) for level in rubric.scale.values],
                "questions": [{"id": each.id, "heading": each.heading(language)} for each in questions],
                "words": {**words, "comma": LANGUAGES[language].comma},
                "title": title,
                "candidate": {
                    "name": candidate.name,
                    "note": candidate.note,
                    "resume_line": candidate.resume_line,
                },
                "interviewer": {"name": interviewer.name},
                "kit": kit,
            }
        ),
    )


def _page_question(pack: Pack, position: int, question: Question, language: str) -> dict[str, Any]:
    page = page_question(pack, question, language)
    number = _("Question {number} of {count}").format(number=position + 1, count=len(pack.questions))
    about = f"{number} · {page['about']}"
    anchors = {write_level(level): text for level, text in page["anchors"]}
    return {**page, "number": position, "about": about, "anchors": anchors}


def _words() -> dict[str, Any]:
    """Return what the page says; braces are filled in by its script."""
    return {
        "questions": _("Questions"),
        "finish": _("finish"),
        "probes": _("Probes, when needed"),
        "heard": _("What you heard"),
        "why": _("Why this question, what to look for"),
        "look_for": _("Look for"),
        "watch_for": _("Watch for"),
        "marking": _("Marking guide"),
        "for_candidate": _("For the candidate"),
        "closest": _("Which answer was closest?"),
        "rating": _("Rating"),
        "chosen": _("chosen"),
        "no_evidence": _("No evidence"),
        "no_evidence_means": _("Asked, and nothing to rate came"),
        "not_asked": _("Not asked"),
        "not_asked_means": _("Left out, or no time"),
        "take_back": _("Take the rating back"),
        "read_back": _("Read back and finish"),
        "notes": _("Notes that are not about one question"),
        "notes_for": _("for yourself, but whoever is sent the file can open it"),
        "recommendation": _("Recommendation"),
        "summary": _("Your reason in one line"),
        "submit": _("Finish and save the file"),
        "draft": _("Save a draft"),
        "no_file": _("No file was saved?"),
        "copy_text": _("Copy all of this text into your answer instead"),
        "go_on": _("Go on from a saved file"),
        "choose": _("The file that was saved from this card"),
        "how": _("How to interview, and keys"),
        "keys": _(
            "Keys: Alt with a digit chooses a level, Alt+X no evidence, Alt+N not asked; Alt+Enter goes on,"
            " Alt+Shift+Enter back."
        ),
        "candidate_note": _("About the candidate"),
        "blind": _("This card holds nobody's ratings but yours, works without a network and sends nothing anywhere."),
        "noscript": _(
            "This view runs no scripts, so nothing can be written here. Save the attachment and open it in a browser."
        ),
        "kept": _("Kept on this device, {time}"),
        "not_kept": _("Not kept"),
        "refused": _(
            "This browser keeps nothing for this page. Leave it open, and save a draft before you close it; the draft"
            " can be opened here again."
        ),
        "full": _("The storage of this browser is full. Save a draft before you close the page."),
        "level": _("level {level}"),
        "now": _("now"),
        "to_ask": _("to ask"),
        "not_rated": _("not rated"),
        "marks": {str(Mark.NO_EVIDENCE): _("no evidence"), str(Mark.NOT_ASSESSED): _("not asked")},
        "before": _("Back to {number}"),
        "after": _("On to {number}"),
        "to_end": _("Read back"),
        "open": _("Not rated yet: {numbers}. Rate them, or mark them as not asked or no evidence."),
        "open_allowed": _("Not rated: {numbers}. The rubric allows that."),
        "saved": _("Finished and saved as {file}."),
        "saved_draft": _("Saved as a draft: {file}."),
        "send": _("Send the file to whoever sent you this card. You find it where your browser puts downloads."),
        "no_card": _("This file was not saved from an interview card."),
        "other_card": _("This file was saved from another card."),
        "edited": _("This file is not as the card saved it."),
        "replaces": _("Replace what is written here by what is in the file?"),
        "taken": _("What is in the file is here now."),
    }


def cards_report(written: Sequence[tuple[str, str, str]]) -> Report:
    """List cards that were handed out: interview, card and file of each."""
    columns = (Column("interview", _("Interview")), Column("file", _("File")), Column("card", _("Card")))
    return Report(
        title=_("Interview cards"),
        blocks=(Table(columns, tuple((interview, file, card) for interview, card, file in written)),),
        document={
            "schema": "hiringkit/cards/1",
            "cards": [{"interview": interview, "file": file, "card": card} for interview, card, file in written],
        },
    )


def receipts_report(receipts: Sequence[CardReceipt], *, written: bool) -> Report:
    """List what became of each file that was to be received."""
    columns = (
        Column("file", _("File"), wrap=True),
        Column("result", _("Result")),
        Column("interview", _("Interview")),
        Column("rated", _("Rated")),
        Column("reason", _("Why"), wrap=True),
        Column("hint", _("What to do"), wrap=True),
    )
    return Report(
        title=_("Cards received") if written else _("What would be received"),
        blocks=(Table(columns, tuple(map(_row, receipts))),),
        document={
            "schema": "hiringkit/cards-received/1",
            "written": written,
            "received": sum(each.accepted for each in receipts),
            "refused": sum(not each.accepted for each in receipts),
            "cards": [
                {
                    "file": each.file,
                    "accepted": each.accepted,
                    "interview": each.card.about.interview if each.card else None,
                    "state": each.card.state if each.card else None,
                    "rated": each.card.rated if each.card else None,
                    "questions": len(each.card.ratings) if each.card else None,
                    "reason": each.reason,
                    "hint": each.hint,
                }
                for each in receipts
            ],
        },
    )


def _row(receipt: CardReceipt) -> tuple[Cell, ...]:
    card = receipt.card
    came = {CardState.DRAFT: _("draft"), CardState.SUBMITTED: _("submitted")}
    result = Word(came[card.state], Tone.GOOD) if receipt.accepted and card else Word(_("refused"), Tone.BAD)
    return (
        receipt.file,
        result,
        card.about.interview if card else "-",
        f"{card.rated}/{len(card.ratings)}" if card else "-",
        say(receipt.reason),
        say(receipt.hint),
    )
