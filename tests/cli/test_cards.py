"""`hiringkit interview card` and `interview receive`, on files."""

import hmac
import json
import re
import stat
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
HOSTILE = "</script><script>document.title='hit'</script>\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}"


def embedded(page: Path) -> Any:
    """Return the data that a card carries."""
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page.read_text(encoding="utf-8"))
    return json.loads(found)


def save(
    page: Path, target: Path, *, state: str = "submitted", saved_at: str = "2031-01-05T09:00:00Z", **given: Any
) -> Path:
    """Write what a card would save, computed here without any code of the program."""
    data = embedded(page)
    ratings = [
        {"question": each["id"], "rating": 4, "evidence": "timed it", "probes": [0], "rated_at": None}
        for each in data["questions"]
    ]
    content = {**data["about"], "state": state, "saved_at": saved_at, "ratings": ratings, "recommendation": "yes"}
    content |= {"summary": "solid", "notes": "", **given}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hmac.new(bytes.fromhex(data["key"]), text.encode(), sha256).hexdigest()
    target.write_text(json.dumps({**content, "signature": f"hmac-sha256:{digest}"}), encoding="utf-8")
    return target


def test_a_card_is_for_its_owner_alone_and_fetches_nothing(som: Run, here: Path) -> None:
    done = som("interview", "card", "som/ada/ivy", "-o", "card.html")
    assert done.code == 0
    assert "Ivy <ivy@firm.example>" in done.err
    page = here / "card.html"
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    text = page.read_text(encoding="utf-8")
    assert len(text) < 120_000
    assert re.search(r"content=\"default-src 'none'; style-src 'sha256-\S+'; script-src 'sha256-\S+';", text)
    assert not re.findall(r"(?:https?:)?//[\w.]+", text.replace("// ", ""))
    assert not re.findall(r" (?:style|on\w+|src|href)=", text.replace('<use href="#', ""))
    assert embedded(page)["questions"][0]["id"] == "bottlenecks"


def test_an_exhibit_and_the_marking_guide_are_on_the_card(som: Run, here: Path) -> None:
    assert som("candidate", "add", "som", "Cy", "--id", "cy").code == 0
    assert som("interview", "schedule", "som", "cy", "ivy", "--question", "deal-desk").code == 0
    assert som("interview", "card", "som/cy/ivy", "-o", "card.html").code == 0
    text = (here / "card.html").read_text(encoding="utf-8")
    assert "<summary>For the candidate: Requests and rules</summary>" in text
    assert '<th scope="row">A</th><td>100000</td>' in text
    assert "<h3>Marking guide</h3>" in text


def test_out_and_back(som: Run, here: Path) -> None:
    som("interview", "card", "som/ada/ivy", "-o", "card.html")
    save(here / "card.html", here / "ivy.hkcard.json")
    shown = som("interview", "receive", "ivy.hkcard.json", "--dry-run", "-f", "json")
    assert (shown.code, shown.json["written"], shown.json["received"]) == (0, False, 1)
    done = som("interview", "receive", "ivy.hkcard.json", "-f", "json")
    assert (done.code, done.json["received"], done.json["refused"]) == (0, 1, 0)
    (card,) = done.json["cards"]
    assert (card["interview"], card["state"], card["rated"], card["questions"]) == ("som/ada/ivy", "submitted", 2, 2)
    read = som("interview", "show", "som/ada/ivy", "--as", "ivy", "-f", "json").json
    assert json.dumps(read).count("timed it") >= 2
    assert '"submitted"' in json.dumps(read)


def test_one_bad_file_does_not_block_the_others_and_the_exit_code_is_1(som: Run, here: Path) -> None:
    for who in ("ivy", "joe"):
        som("interview", "card", f"som/ada/{who}", "-o", f"{who}.html")
        save(here / f"{who}.html", here / f"{who}.hkcard.json")
    edited = (here / "joe.hkcard.json").read_text(encoding="utf-8").replace('"rating": 4', '"rating": 5')
    (here / "edited.hkcard.json").write_text(edited, encoding="utf-8")
    words = ["edited.hkcard.json", "missing.hkcard.json", "ivy.html", "ivy.hkcard.json", "."]
    done = som("interview", "receive", *words, "-f", "json")
    assert done.code == 1
    assert [each["accepted"] for each in done.json["cards"]] == [False, False, False, True, False]
    assert all(each["reason"] for each in done.json["cards"] if not each["accepted"])
    table = som("interview", "receive", "joe.hkcard.json", "ivy.hkcard.json")
    assert table.code == 1
    assert "submitted" in table.out
    assert "refused" in table.out
    assert "this file was received" in " ".join(table.out.split())
    assert "file,result,interview,rated,reason,hint" in som("interview", "receive", "ivy.hkcard.json", "-f", "csv").out
    assert som("audit", "verify").code == 0


def test_cards_for_a_panel(som: Run, here: Path) -> None:
    done = som("interview", "card", "som", "--all", "-o", "cards", "-f", "json")
    assert done.code == 0
    files = sorted((here / "cards").iterdir())
    assert [path.name for path in files] == [f"som_{c}_{i}.html" for c in ("ada", "bo") for i in ("ivy", "joe")]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE((here / "cards").stat().st_mode) == 0o700
    assert {each["file"] for each in done.json["cards"]} == {f"cards/{path.name}" for path in files}
    for path in files:
        save(path, path.with_suffix(".hkcard.json"))
    assert som("interview", "receive", *(str(p.with_suffix(".hkcard.json")) for p in files)).code == 0
    assert som("compare", "som", "-f", "json").json["counts"]["ratings"] == 8
    again = som("interview", "card", "som", "--all", "-o", "cards")
    assert (again.code, "yet to be started" in again.err) == (1, True)


def test_no_two_cards_share_a_file(som: Run, here: Path) -> None:
    for name, kind in (("ada-ivy", "candidate"), ("ivy-ivy", "interviewer")):
        where = ("som",) if kind == "candidate" else ()
        assert som(kind, "add", *where, name.title(), "--id", name).code == 0
    for words in (("ada-ivy", "ivy"), ("ada", "ivy-ivy")):
        assert som("interview", "schedule", "som", *words, "--question", "bottlenecks").code == 0
    done = som("interview", "card", "som", "--all", "-o", "cards", "-f", "json")
    assert len(done.json["cards"]) == len(list((here / "cards").iterdir())) == 6


def test_a_panel_needs_a_folder(som: Run, here: Path) -> None:
    assert som("interview", "card", "som", "--all").code == 2
    (here / "taken").write_text("x", encoding="utf-8")
    assert som("interview", "card", "som", "--all", "-o", "taken").code == 1
    assert som("audit", "log", "-f", "json").out.count("interview.card") == 0


def test_hostile_text_stays_text(som: Run, here: Path) -> None:
    som("candidate", "edit", "som", "ada", "--name", HOSTILE, "--note", HOSTILE)
    som("interview", "card", "som/ada/ivy", "-o", "card.html")
    text = (here / "card.html").read_text(encoding="utf-8")
    assert text.count("<script>") == 1
    assert not re.search("[\x1b\N{RIGHT-TO-LEFT OVERRIDE}]", text)
    save(here / "card.html", here / "ivy.hkcard.json", notes=HOSTILE, summary=HOSTILE)
    assert som("interview", "receive", "ivy.hkcard.json").code == 0
    shown = som("interview", "show", "som/ada/ivy", "--as", "ivy").out
    assert "\x1b" not in shown
    assert "hit" in shown


@pytest.mark.parametrize("word", ["-", "card.txt"])
def test_from_standard_input_and_under_any_name(som: Run, here: Path, word: str) -> None:
    som("interview", "card", "som/ada/ivy", "-o", "card.html")
    data = save(here / "card.html", here / "card.txt").read_bytes()
    assert som("interview", "receive", word, stdin=data).code == 0


def test_in_chinese(som: Run, here: Path) -> None:
    som("interview", "card", "som/ada/ivy", "-o", "card.html", "--lang", "zh")
    assert "你听到的内容" in (here / "card.html").read_text(encoding="utf-8")
    save(here / "card.html", here / "a.hkcard.json")
    (here / "b.hkcard.json").write_text("{", encoding="utf-8")
    done = som("interview", "receive", "a.hkcard.json", "b.hkcard.json", "--lang", "zh")
    assert "已提交" in done.out
    assert "已拒绝" in done.out
    assert "面试卡重新保存" in done.out


def test_a_card_of_another_database_is_refused(som: Run, here: Path, prepared: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(prepared.read_bytes())
    som("interview", "card", "som/ada/ivy", "-o", "card.html", "--db", str(other))
    save(here / "card.html", here / "a.hkcard.json")
    done = som("interview", "receive", "a.hkcard.json", "-f", "json")
    assert done.code == 1
    assert "not handed out from this database" in done.json["cards"][0]["reason"]
