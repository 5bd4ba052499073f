"""Salts of the audit log, one for each candidate.

What the log says about a candidate is chained by digests with the candidate's salt: a level that one may not know
cannot be guessed and tried against them, and without the salt nor can a name.
"""

from hashlib import sha256
from hmac import digest
from secrets import token_hex

from sqlalchemy import Connection, and_, bindparam, delete, insert, select

from hiringkit.store.tables import audit_salts

NOBODY = ""
"""The salt of what is about no candidate."""
_BYTES = 32
_HERE = and_(
    audit_salts.c.opening_id == bindparam("opening_id"), audit_salts.c.candidate_id == bindparam("candidate_id")
)
SALT = select(audit_salts.c.salt).where(_HERE)
"""The salt of `opening_id` and `candidate_id`."""


class Salts:
    """The salts that one transaction has needed so far.

    Args:
        tx: The transaction.
        make: Whether a candidate without a salt gets one; `keep` writes those.
    """

    def __init__(self, tx: Connection, *, make: bool = False) -> None:
        self._tx, self._make = tx, make
        self._known: dict[tuple[str, str], str | None] = {}
        self._read: set[str] = set()
        self._made: list[dict[str, str]] = []

    def of(self, opening: str, candidate: str) -> str | None:
        """Return a candidate's salt, None where it was destroyed or never was."""
        if not candidate:
            return NOBODY
        key = (opening, candidate)
        if key not in self._known:
            found: str | None = None
            if opening not in self._read:
                found = self._tx.scalar(SALT, {"opening_id": opening, "candidate_id": candidate})
            if found is None and self._make:
                found = token_hex(_BYTES)
                self._made.append({"opening_id": opening, "candidate_id": candidate, "salt": found})
            self._known[key] = found
        return self._known[key]

    def learn(self, opening: str, candidate: str, salt: str) -> None:
        """Take over a salt that was read elsewhere."""
        self._known[opening, candidate] = salt

    def read_all(self, opening: str | None = None) -> None:
        """Read the salts of all candidates, or of one opening's, at once; those of an opening only the first time."""
        if opening in self._read:
            return
        rows = select(audit_salts)
        if opening is not None:
            rows = rows.where(audit_salts.c.opening_id == opening)
            self._read.add(opening)
        for row in self._tx.execute(rows):
            self._known[row.opening_id, row.candidate_id] = row.salt

    def keep(self) -> None:
        """Write the salts that were made, in one statement."""
        if self._made:
            self._tx.execute(insert(audit_salts), self._made)
            self._made.clear()


def salted(salt: str, text: str) -> str:
    """Return the digest of a text with a salt: HMAC-SHA256, in hexadecimal."""
    return digest(salt.encode(), text.encode("utf-8", "backslashreplace"), sha256).hex()


def salt_digest(salt: str) -> str:
    """Return the digest by which a salt is known again; the salt itself cannot be guessed from it."""
    return sha256(salt.encode()).hexdigest()


def destroy(tx: Connection, opening: str, candidate: str) -> None:
    """Delete a candidate's salt: nothing that was chained with it can be guessed and tried any more."""
    here = (audit_salts.c.opening_id == opening) & (audit_salts.c.candidate_id == candidate)
    tx.execute(delete(audit_salts).where(here))
