"""Personal links: one that was made just now, and all of them."""

from collections.abc import Sequence
from datetime import datetime

from hiringkit.domain.links import LinkState, PersonalLink
from hiringkit.locale import _
from hiringkit.report.model import Cell, Column, Facts, Notes, Number, Report, Table, Tone, Word
from hiringkit.report.words import moment, zoned


def made_link_report(link: PersonalLink, name: str, address: str, code: str) -> Report:
    """Show a new link with its address and code: the only time that anybody sees them.

    Args:
        link: The link.
        name: The interviewer's name.
        address: The whole of it.
        code: Eight digits.
    """
    facts = (
        (_("For"), name),
        (_("Link"), Word(address)),
        (_("Code"), Word(f"{code[:4]} {code[4:]}")),
        (zoned(_("Expires")), Word(moment(link.expires_at))),
        (_("Opens"), _opens(link)),
    )
    notes = Notes(
        (
            _("Neither can be shown again. Send the code by another way than the link, such as by telephone."),
            _("It works once. To take it back: hiringkit interviewer link --revoke {number}").format(
                number=link.number
            ),
        )
    )
    return Report(
        title=_("Personal link"),
        blocks=(Facts(facts), notes),
        document={
            "schema": "hiringkit/made-link/1",
            "link": {**_summary(link), "interviewer_name": name, "url": address, "code": code},
        },
    )


def links_report(links: Sequence[PersonalLink], now: datetime, most_failures: int) -> Report:
    """List links.

    Args:
        links: In the order in which they are shown.
        now: By which they have expired or not.
        most_failures: From how many wrong codes on one is locked.
    """
    columns = (
        Column("number", _("Link")),
        Column("interviewer", _("Interviewer")),
        Column("state", _("State")),
        Column("opens", _("Opens")),
        Column("created_at", zoned(_("Made"))),
        Column("expires_at", zoned(_("Expires"))),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            Number(each.number, 0),
            Word(each.interviewer),
            _state_word(each.state(now, most_failures)),
            _opens(each),
            Word(moment(each.created_at)),
            Word(moment(each.expires_at)),
        )
        for each in links
    ]
    empty = _("No links yet. Make one: hiringkit interviewer link WHO")
    return Report(
        title=_("Personal links"),
        blocks=(Table(columns, tuple(rows), empty=empty),),
        document={
            "schema": "hiringkit/links/1",
            "links": [{**_summary(each), "state": each.state(now, most_failures).value} for each in links],
        },
    )


def _opens(link: PersonalLink) -> Word:
    if link.desk:
        words = _("interviews and the desk of {opening}") if link.opening else _("interviews and the desk")
    else:
        words = _("interviews of {opening}") if link.opening else _("interviews")
    return Word(words.format(opening=link.opening))


def _state_word(state: LinkState) -> Word:
    words = {
        LinkState.OPEN: Word(_("not used yet"), Tone.CAUTION),
        LinkState.REDEEMED: Word(_("used"), Tone.GOOD),
        LinkState.LOCKED: Word(_("locked: wrong codes"), Tone.BAD),
        LinkState.REVOKED: Word(_("revoked"), Tone.QUIET),
        LinkState.EXPIRED: Word(_("expired"), Tone.QUIET),
    }
    return words[state]


def _summary(link: PersonalLink) -> dict[str, object]:
    return {
        "number": link.number,
        "interviewer": link.interviewer,
        "opening": link.opening,
        "desk": link.desk,
        "created_at": link.created_at.isoformat(),
        "expires_at": link.expires_at.isoformat(),
        "redeemed_at": link.redeemed_at.isoformat() if link.redeemed_at else None,
        "revoked_at": link.revoked_at.isoformat() if link.revoked_at else None,
    }
