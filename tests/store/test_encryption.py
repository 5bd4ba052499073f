"""Encryption at rest, with the real SQLCipher: what is on the disk, whose key opens it, and that nothing is lost."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import keyring
import pexpect
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail

from hiringkit.actions.audit import Actor
from hiringkit.actions.databases import (
    back_up,
    check_database,
    copy_database,
    decrypt_database,
    encrypt_database,
    restore_database,
)
from hiringkit.actions.people import add_candidates
from hiringkit.actions.privacy import erase_candidate
from hiringkit.domain.codes import Code
from hiringkit.domain.people import Candidate
from hiringkit.errors import Refused, StoreUnreachable
from hiringkit.store import encryption, migrate
from hiringkit.store.faults import Damaged
from hiringkit.store.store import Store, open_store
from hiringkit.store.transfer import transfer

KEY = "correct horse battery's staple"
NAME = "Ada Lovelace-Zyx"


class Drawer(KeyringBackend):
    """A keyring for the length of a test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


@pytest.fixture(autouse=True)
def nobody_asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No key is known, and there is neither a terminal nor a keyring."""
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    monkeypatch.setattr(encryption, "_keys", {})
    monkeypatch.setattr(encryption, "_ask", lambda _where: None)
    yield
    keyring.set_keyring(before)


@pytest.fixture
def actor() -> Actor:
    return Actor("", lambda: datetime(2026, 1, 5, 9, tzinfo=UTC))


@pytest.fixture
def path(empty: Path, tmp_path: Path, opened_with: Callable[[Path], None]) -> Path:
    """A database with one candidate."""
    place = tmp_path / "firm.db"
    place.write_bytes(empty.read_bytes())
    opened_with(place)
    return place


@pytest.fixture
def opened_with(actor: Actor) -> Callable[[Path], None]:
    """Fill a database."""
    from hiringkit.actions.openings import create_opening  # noqa: PLC0415
    from hiringkit.library.catalog import Library  # noqa: PLC0415
    from hiringkit.settings import load_settings  # noqa: PLC0415

    def fill(place: Path) -> None:
        with open_store(str(place)) as store:
            create_opening(store, Library(load_settings({}, {}).roots), actor, "som", "sales-operations-manager")
            add_candidates(store, actor, "som", [Candidate("ada", NAME, "ada@example.org")])

    return fill


def forget() -> None:
    """Be another process, which knows no key."""
    encryption._keys.clear()


def knows(store: Store) -> bool:
    with store.read() as tx:
        return bool(tx.exec_driver_sql("SELECT count(*) FROM candidates WHERE name = ?", (NAME,)).scalar())


@pytest.mark.slow
def test_nothing_on_the_disk_can_be_read_without_the_key(path: Path, actor: Actor) -> None:
    assert NAME.encode() in path.read_bytes()
    encrypt_database(str(path), actor, KEY)
    for file in path.parent.iterdir():
        assert NAME.encode() not in file.read_bytes()
        assert not file.read_bytes().startswith(encryption.SIGNATURE)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(path).execute("SELECT * FROM candidates")


@pytest.mark.slow
def test_everything_is_there_with_the_key_and_after_decryption(path: Path, actor: Actor, tmp_path: Path) -> None:
    with open_store(str(path)) as store, open_store(str(tmp_path / "before.db"), create=True) as other:
        transfer(store, other)
    encrypt_database(str(path), actor, KEY)
    assert check_database(str(path)).problems == ()
    with open_store(str(path)) as store:
        assert knows(store)
        add_candidates(store, actor, "som", [Candidate("bo", "Bo Test", "")])
    decrypt_database(str(path), actor)
    with open_store(str(path)) as store:
        assert knows(store)
    assert path.read_bytes().startswith(encryption.SIGNATURE)
    assert check_database(str(path)).problems == ()
    assert not list(path.parent.glob("*converting*"))


@pytest.mark.slow
def test_sqlcipher_itself_opens_the_file_with_the_passphrase(path: Path, actor: Actor) -> None:
    encrypt_database(str(path), actor, KEY)
    connection = encryption.library().connect(str(path))
    quoted = KEY.replace("'", "''")
    connection.execute(f"PRAGMA key = '{quoted}'")
    assert connection.execute("SELECT name FROM candidates").fetchone() == (NAME,)
    connection.close()


@pytest.mark.slow
def test_a_wrong_key_and_no_key_are_sentences(path: Path, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    encrypt_database(str(path), actor, KEY)
    before = path.read_bytes()
    forget()
    with pytest.raises(Refused, match="its key is not in the keyring"):
        open_store(str(path))
    monkeypatch.setattr(encryption, "_ask", lambda _where: "something else entirely")
    with pytest.raises(Refused, match="that is not the key of"):
        open_store(str(path))
    assert path.read_bytes() == before


@pytest.mark.slow
def test_the_keyring_holds_the_key_for_the_file_and_its_backups(path: Path, actor: Actor, tmp_path: Path) -> None:
    keyring.set_keyring(Drawer())
    encrypt_database(str(path), actor, KEY)
    assert encryption.keep_key(path)
    copy = tmp_path / "elsewhere" / "backup.db"
    copy.parent.mkdir()
    with open_store(str(path)) as store:
        back_up(store, actor, copy)
    moved = path.rename(tmp_path / "moved.db")
    forget()
    for file in (moved, copy):
        assert encryption.is_encrypted(file)
        with open_store(str(file)) as store:
            assert knows(store)


@pytest.mark.slow
def test_without_a_keyring_nothing_is_kept(path: Path, actor: Actor) -> None:
    encrypt_database(str(path), actor, KEY)
    assert not encryption.keep_key(path)


@pytest.mark.slow
def test_a_backup_from_before_is_encrypted_when_it_is_restored(path: Path, actor: Actor, tmp_path: Path) -> None:
    with open_store(str(path)) as store:
        back_up(store, actor, tmp_path / "plain.db")
    left = encrypt_database(str(path), actor, KEY)
    assert left == (tmp_path / "plain.db",)
    restore_database(str(path), actor, tmp_path / "plain.db")
    assert encryption.is_encrypted(path)
    with open_store(str(path)) as store:
        assert knows(store)


@pytest.mark.slow
def test_erasure_names_encrypted_copies_that_still_hold_somebody(path: Path, actor: Actor, tmp_path: Path) -> None:
    encrypt_database(str(path), actor, KEY)
    with open_store(str(path)) as store:
        back_up(store, actor, tmp_path / "kept.db")
        erased = erase_candidate(store, actor, "som", "ada")
    assert [each.path for each in erased.backups] == [tmp_path / "kept.db"]
    assert all(each.readable for each in erased.backups)


@pytest.mark.slow
def test_a_database_in_use_stays_as_it_is(path: Path, actor: Actor) -> None:
    code = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN'); "
    code += "c.execute('SELECT * FROM candidates').fetchall(); print('open', flush=True); sys.stdin.readline()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreUnreachable, match="another program has"):
            encrypt_database(str(path), actor, KEY)
        other.communicate("\n")
    assert not encryption.is_encrypted(path)
    with open_store(str(path)) as store:
        assert knows(store)
    assert not list(path.parent.glob("*converting*"))


@pytest.mark.parametrize("key", ["", "short", "elevensigns"])
def test_a_short_key_is_refused(path: Path, actor: Actor, key: str) -> None:
    before = path.read_bytes()
    with pytest.raises(Refused, match="fewer than 12"):
        encrypt_database(str(path), actor, key)
    assert path.read_bytes() == before


@pytest.mark.slow
def test_what_is_so_already_is_refused(path: Path, actor: Actor) -> None:
    with pytest.raises(Refused, match="is not encrypted"):
        decrypt_database(str(path), actor)
    encrypt_database(str(path), actor, KEY)
    with pytest.raises(Refused, match="encrypted already"):
        encrypt_database(str(path), actor, KEY)


@pytest.mark.slow
def test_a_damaged_encrypted_file_is_said_to_be_damaged(path: Path, actor: Actor) -> None:
    encrypt_database(str(path), actor, KEY)
    data = bytearray(path.read_bytes())
    for at in range(8 * 4096, len(data), 4096):
        data[at + 100] ^= 0xFF
    path.write_bytes(data)
    try:
        said = [problem.code for problem in check_database(str(path)).problems]
    except Damaged:
        said = [Code.DATABASE_DAMAGED]
    assert Code.DATABASE_DAMAGED in said


@pytest.mark.slow
def test_a_copy_is_not_encrypted_unless_its_place_is(path: Path, actor: Actor, tmp_path: Path) -> None:
    encrypt_database(str(path), actor, KEY)
    copy_database(str(path), str(tmp_path / "plain.db"))
    assert not migrate.status(str(tmp_path / "plain.db")).encrypted
    assert migrate.status(str(path)).encrypted


@pytest.mark.parametrize("content", [b"a" * 8192, b"\0" * 8192, b"candidate,rating\n" * 1024, b""])
def test_other_files_are_not_taken_for_encrypted_ones(tmp_path: Path, content: bytes) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(content)
    assert not encryption.is_encrypted(other)


@pytest.mark.slow
def test_at_a_terminal_the_key_is_asked_for_and_never_shown(path: Path) -> None:
    def run(*words: str, answers: tuple[tuple[str, str], ...]) -> tuple[int | None, str]:
        program = pexpect.spawn(
            sys.executable,
            ["-m", "hiringkit", "--db", str(path), *words],
            encoding="utf-8",
            timeout=60,
            env={"PATH": "/usr/bin", "LANG": "C.UTF-8", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
            cwd=str(Path(__file__).parents[2]),
        )
        for prompt, answer in answers:
            program.expect_exact(prompt)
            program.sendline(answer)
        program.expect(pexpect.EOF)
        program.close()
        return program.exitstatus, str(program.before)

    status, said = run("db", "encrypt", answers=(("New key: ", KEY), ("New key again: ", KEY)))
    assert (status, KEY in said) == (0, False)
    status, said = run("candidate", "list", "som", answers=((f"Key of {path}: ", KEY),))
    assert status == 0
    assert NAME in said
    status, said = run("candidate", "list", "som", answers=((f"Key of {path}: ", "not the right words"),))
    assert status == 1
    assert "that is not the key of" in said
    assert NAME not in said
