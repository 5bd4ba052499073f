"""Make the pictures of the README anew: an interview in the terminal, the comparison and a debrief, from the demo.

    python docs/screenshots.py [FOLDER]

Needs Chromium and its driver (apt-get install chromium chromium-driver) and the packages of hiringkit[dev]. All people,
ratings and words in the pictures are invented.
"""

import asyncio
import base64
import re
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from hiringkit.actions.audit import Actor
from hiringkit.cli.main import run
from hiringkit.store.store import open_store
from hiringkit.tui.app import HiringKitApp
from hiringkit.tui.interview.screen import InterviewScreen

PICTURES = Path(__file__).parent / "pictures"
WIDTH = 1180
SIZE = (104, 30)
HEARD = {
    ("amara", "sofia", "goal-rollout", "4"): "Drafted the goals with two team leads, ran them against last year's"
    " pipeline and cut one by a fifth. By June 31 of 34 reps could say their own number.",
    ("amara", "sofia", "impossible-goal", "5"): "Showed the gap to plan in hires and in months, and offered two goals"
    " the board could choose from.",
    ("amara", "marcus", "impossible-goal", "3"): "Would tell the executives that it cannot be done. No figures until"
    " asked.",
    ("wenjing", "sofia", "live-view", "4"): "每天早上八点前，经理能看到每个人离当天应有进度差多少；"
    "华东区因此提前三周调走了两个名额。",
    ("wenjing", "marcus", "live-view", "2"): "A dashboard per team. Individuals only as a ranking, updated on Mondays.",
    ("amara", "sofia", "forecast-miss", "5"): "Called 11 million and landed at 9.1; replayed the weekly snapshots and"
    " found that deals older than 120 days close at 8 %.",
}
"""What the demo's interviewers did not write down, so that the pictures show what a debrief is for."""


def main(pictures: Path = PICTURES) -> int:
    """Write the pictures."""
    pictures.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        db = folder / "hiringkit.db"
        assert run(["demo", "--dir", name, "-q"]) == 0
        for (candidate, interviewer, question, level), words in HEARD.items():
            where = f"demo/{candidate}/{interviewer}"
            amended = ["interview", "amend", where, question, level, "--reason", "written up", "--evidence", words]
            assert run([*amended, "--as", interviewer, "--db", str(db), "-q"]) == 0
        for page, command in (("comparison", "compare"), ("debrief", "report")):
            assert run([command, "demo", "--db", str(db), "-q", "-o", str(folder / f"{page}.html")]) == 0
        terminal = asyncio.run(interview_screen(db))
        (folder / "interview.html").write_text(f"<body style='margin:0'>{terminal}</body>", encoding="utf-8")
        for page, height in (("interview", 720), ("comparison", 900), ("debrief", 1060)):
            (pictures / f"{page}.webp").write_bytes(photograph(folder / f"{page}.html", height))
    return 0


async def interview_screen(db: Path) -> str:
    """Return the terminal as SVG, in the middle of an interview."""
    with open_store(str(db)) as store:
        app = HiringKitApp(store, Actor("marcus", lambda: datetime.now(UTC)), opening="demo", unicode_borders=True)
        async with app.run_test(size=SIZE) as pilot:
            screen = InterviewScreen(app.session, "demo/tomas/marcus")
            await app.push_screen(screen)
            await pilot.pause()
            for key in (*NOTE, "alt+3"):
                await pilot.press("space" if key == " " else key)
            while screen.note.typed or screen.state.unsaved:
                await pilot.pause(0.1)
            picture = app.export_screenshot(title="hiringkit tui")
    # nothing is fetched: the browser's own monospaced face is used
    return re.sub(r"@font-face\s*{.*?}", "", picture, flags=re.DOTALL)


NOTE = "One page for the whole team, goals beside names; refreshed on Mondays, not live."


def photograph(page: Path, height: int) -> bytes:
    """Return the first so many pixels of a page as a picture."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver") or "chromedriver"))
    try:
        size = {"width": WIDTH, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        driver.get(page.as_uri())
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": height, "scale": 1}
        shot = {"format": "webp", "quality": 82, "captureBeyondViewport": True, "clip": clip}
        return base64.b64decode(driver.execute_cdp_cmd("Page.captureScreenshot", shot)["data"])
    finally:
        driver.quit()


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
