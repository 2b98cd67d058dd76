"""The rehearsal page as a newcomer meets it, in a real browser."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DAY = "2026-06-30"
PATIENCE = 30_000
"""Milliseconds; how long the page may take at most, not how long is waited."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = next((found for name in CHROMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield opened
        opened.close()


@dataclass
class Rehearsal:
    """`attache rehearse` as its own process; its output line by line until the address came."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    def address(self) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+/\S+", line):
                return found[0]
        raise AssertionError(f"no address: {self.lines} {self.process.stderr and self.process.stderr.read()}")

    def interrupt(self) -> tuple[int, str, str]:
        self.process.send_signal(signal.SIGINT)
        rest, errors = self.process.communicate(timeout=30)
        return self.process.returncode, "".join(self.lines) + rest, errors


Start = Callable[..., Rehearsal]


@pytest.fixture
def rehearse(tmp_path: Path) -> Iterator[Start]:
    started: list[Rehearsal] = []

    def start(*options: str) -> Rehearsal:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "PYTHONPATH": str(Path(__file__).parent.parent),
            "PYTHONUNBUFFERED": "1",
            "PYTHONUTF8": "1",
        }
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "bot", "rehearse", *options],
            env=environment,
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(Rehearsal(process))
        return started[-1]

    yield start
    for rehearsal in started:
        rehearsal.process.kill()
        rehearsal.process.communicate()


def send(page: Page, command: str, partner: str | None = None, question: str = "") -> None:
    """Type a command as a person does: pick it, pick a suggestion or ask, send it."""
    box = page.get_by_placeholder("Message #international-affairs")
    box.click()
    box.press_sequentially(command)
    name = page.get_by_role("option").filter(has_text=command).first
    expect(name).to_be_visible(timeout=PATIENCE)
    name.click()
    if partner is not None:
        page.keyboard.type(partner)
        suggestion = page.get_by_role("option").filter(has_text=partner).first
        expect(suggestion).to_be_visible(timeout=PATIENCE)
        suggestion.click()
    page.keyboard.type(question)
    page.keyboard.press("Escape")
    page.get_by_label("Send", exact=True).click()


def test_a_newcomers_first_minute(browser: Browser, rehearse: Start, tmp_path: Path) -> None:
    """The day's reminder is there; the first question is answered; a partner is shown; a visit is logged; it ends."""
    rehearsal = rehearse("--today", DAY, "--port", "0")
    page = browser.new_page(viewport={"width": 1280, "height": 1400})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(rehearsal.address())
    expect(page.get_by_text("Attaché of Kaohsiung: a rehearsal")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Kaohsiung – Busan: 60 years")).to_be_visible()

    send(page, "/ask", question="When did we last have contact with Seattle?")
    expect(page.get_by_text("28 April 2011").first).to_be_visible(timeout=PATIENCE)

    send(page, "/partner show", "Seattle")
    expect(page.get_by_text("Kaohsiung – Seattle")).to_be_visible(timeout=PATIENCE)
    card = page.locator("body").inner_text()
    assert "Signed 1991 (only the year is recorded)" in card
    assert not re.search(r"\d{1,2} \w+ 1991", card)

    send(page, "/visit log", "Seattle")
    expect(page.get_by_text("Visit with Seattle", exact=True)).to_be_visible(timeout=PATIENCE)
    page.get_by_label("What about?").fill("Housing")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("X148 logged: Seattle")).to_be_visible(timeout=PATIENCE)

    picture = tmp_path / "page.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 20_000, "the page is blank"
    wider = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wider, "the page scrolls sideways"
    assert faults == []
    page.close()

    status, output, errors = rehearsal.interrupt()
    assert status == 0, errors
    assert "The rehearsal has ended." in output
    assert "Traceback" not in errors


@pytest.mark.proof
def test_in_chinese(browser: Browser, rehearse: Start) -> None:
    """`--language zh-TW` makes everything Chinese, also what SimCord's en-US would have in English."""
    rehearsal = rehearse("--today", DAY, "--port", "0", "--language", "zh-TW", "--office", "臺北")
    page = browser.new_page(viewport={"width": 1280, "height": 1400})
    page.goto(rehearsal.address())
    expect(page.get_by_text("臺北市 Attaché 試用")).to_be_visible(timeout=PATIENCE)
    send(page, "/partner show", "布拉格")
    expect(page.get_by_text("臺北市–布拉格")).to_be_visible(timeout=PATIENCE)
    assert "2020年1月13日簽署" in page.locator("body").inner_text()
    page.close()


@pytest.mark.proof
def test_a_tie_is_added_within_a_minute(browser: Browser, rehearse: Start) -> None:
    """From the command to the card: two choices and one form with a source; in the other script it is known already.

    What is measured is the machine's part, on a page that fills in at once; it leaves a person most of the minute.
    """
    rehearsal = rehearse("--today", DAY, "--port", "0")
    page = browser.new_page(viewport={"width": 1280, "height": 1600})
    page.goto(rehearsal.address())
    expect(page.get_by_text("Attaché of Kaohsiung: a rehearsal")).to_be_visible(timeout=PATIENCE)
    page.get_by_label("Viewing as").select_option(label="wang-administrator")
    page.wait_for_timeout(1000)
    begun = time.monotonic()
    _pick(page, "/partner add", ("Ghent", "根特"), ("Sister", "Sister cities"))
    expect(page.get_by_role("dialog")).to_be_visible(timeout=PATIENCE)
    date, source = (page.get_by_role("dialog").locator("input,textarea").nth(n) for n in (0, 1))
    date.fill("2026-06-01")
    source.fill("minutes of our council")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("P335 added: sister city, active")).to_be_visible(timeout=PATIENCE)
    assert time.monotonic() - begun < 30
    _pick(page, "/partner add", ("根特", "根特"), ("Sister", "Sister cities"))
    expect(page.get_by_text("already in the registry")).to_be_visible(timeout=PATIENCE)
    page.close()


def _pick(page: Page, command: str, *options: tuple[str, str]) -> None:
    """Send a command, typing into each of its options and taking the suggestion that has the other text."""
    box = page.get_by_placeholder("Message #international-affairs")
    box.click()
    box.press_sequentially(command)
    page.get_by_role("option").filter(has_text=command).first.click(timeout=PATIENCE)
    for typed, offered in options:
        page.keyboard.type(typed)
        page.get_by_role("listbox").get_by_role("option").filter(has_text=offered).first.click(
            timeout=PATIENCE
        )
    page.get_by_label("Send", exact=True).click()


@pytest.mark.proof
def test_a_taken_port_is_replaced(rehearse: Start) -> None:
    """Somebody else has the port: it is said, and another one serves."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        rehearsal = rehearse("--port", str(port))
        assert f":{port}/" not in rehearsal.address()
        assert f"Port {port} is taken" in rehearsal.lines[0]


@pytest.mark.proof
def test_kept_data_are_there_again(rehearse: Start, tmp_path: Path) -> None:
    """`--database` keeps the registry; a second start finds it and posts nothing twice."""
    url = f"sqlite:///{tmp_path / 'trial.db'}"
    for _ in range(2):
        rehearsal = rehearse("--today", DAY, "--port", "0", "--database", url)
        rehearsal.address()
        status, _, errors = rehearsal.interrupt()
        assert status == 0, errors
    assert (tmp_path / "trial.db").stat().st_size > 100_000
