"""The audit log is chained by salted digests, so that a candidate's name can be taken out of it.

The chain is built anew; the former hashes are kept, so that heads that were noted can still be checked. Where the
chain was broken before, an event says where.
"""

import json
from hashlib import sha256
from hmac import digest
from secrets import token_hex

from alembic import op
from sqlalchemy import Column, Connection, PrimaryKeyConstraint, Text, text

revision = "0012"
down_revision = "0011"

_NEW = (
    Column("via", Text, nullable=False, server_default=""),
    Column("subject_digest", Text, nullable=False, server_default=""),
    Column("detail_digest", Text, nullable=False, server_default=""),
    Column("states", Text, nullable=False, server_default="{}"),
    Column("former_hash", Text, nullable=False, server_default=""),
)
_CHANGE = text(
    "UPDATE audit_events SET subject_digest = :subject_digest, detail_digest = :detail_digest, previous = :previous,"
    " hash = :hash, former_hash = :former_hash WHERE sequence = :sequence"
)
_SALT = text("INSERT INTO audit_salts (opening_id, candidate_id, salt) VALUES (:opening, :candidate, :salt)")


def upgrade() -> None:
    """Add the columns and build the chain anew."""
    for column in _NEW:
        op.add_column("audit_events", column)
    op.create_table(
        "audit_salts",
        Column("opening_id", Text, nullable=False),
        Column("candidate_id", Text, nullable=False),
        Column("salt", Text, nullable=False),
        PrimaryKeyConstraint("opening_id", "candidate_id", name=op.f("pk_audit_salts")),
    )
    _chain_anew(op.get_bind())


def _chain_anew(tx: Connection) -> None:
    salts: dict[tuple[str, str], str] = {}
    last, former, previous, broken = 0, "0" * 64, "0" * 64, None
    at = ""
    changes = []
    for row in tx.execute(text("SELECT * FROM audit_events ORDER BY sequence")).all():
        content = [row.sequence, row.at, row.actor, row.action, row.subject, row.detail, row.previous]
        whole = row.sequence == last + 1 and row.previous == former and row.hash == _hash(content)
        if not whole and broken is None:
            broken = row.sequence
        salt = _salt(row.subject, salts)
        subject, detail = _salted(salt, row.subject), _salted(salt, row.detail)
        new = _hash([row.sequence, row.at, row.actor, "", row.action, subject, detail, "{}", previous])
        changes.append(
            {
                "sequence": row.sequence,
                "subject_digest": subject,
                "detail_digest": detail,
                "previous": previous,
                "hash": new,
                "former_hash": row.hash,
            }
        )
        last, former, previous, at = row.sequence, row.hash, new, row.at
    if not changes:
        return
    tx.execute(_CHANGE, changes)
    if salts:
        rows = [{"opening": opening, "candidate": who, "salt": salt} for (opening, who), salt in salts.items()]
        tx.execute(_SALT, rows)
    detail_text = _canonical({"broken": broken, "former": f"{last}:{former}"})
    values = {
        "sequence": last + 1,
        "at": at,
        "actor": "",
        "via": "upgrade",
        "action": "database.chain",
        "subject_digest": _salted("", "{}"),
        "detail_digest": _salted("", detail_text),
        "states": "{}",
        "previous": previous,
    }
    more = {"subject": "{}", "detail": detail_text, "hash": _hash(list(values.values()))}
    names = [*values, *more]
    columns, places = ", ".join(names), ", ".join(f":{name}" for name in names)
    tx.execute(text(f"INSERT INTO audit_events ({columns}) VALUES ({places})"), values | more)  # noqa: S608 - our names


def _salt(subject: object, salts: dict[tuple[str, str], str]) -> str:
    try:
        given = json.loads(str(subject))
        key = str(given.get("opening", "")), str(given.get("candidate", ""))
    except (ValueError, AttributeError):
        return ""
    return salts.setdefault(key, token_hex(32)) if key[1] else ""


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _hash(content: list[object]) -> str:
    parts = [part if isinstance(part, int | str) else repr(part) for part in content]
    return sha256(_canonical(parts).encode("utf-8", "backslashreplace")).hexdigest()


def _salted(salt: str, given: object) -> str:
    return digest(salt.encode(), str(given).encode("utf-8", "backslashreplace"), sha256).hex()
