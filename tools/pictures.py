"""Takes the pictures of README and docs from the running program: `make pictures`.

Starts `ally run` in a folder of its own, lets three invented families write, and looks at their phones.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from tests.servers.chromium import chromium_flags, chromium_program

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
TALKS = (
    ("¿Quién me puede ayudar?",),
    ("When is there no school?",),
    ("من يمكنه مساعدتي؟",),
)
"""What each phone writes, from the first on"""
PATIENCE = 60.0
SIZES = {"phones.png": (1280, 860), "phones-narrow.png": (390, 844)}


def main() -> None:
    """Take every picture, or say what is missing."""
    program = chromium_program()
    if program is None:
        sys.exit("Pictures need Chromium: sudo apt-get install chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with running_ally() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=chromium_flags())
        write_as_families(browser, address)
        for name, size in SIZES.items():
            take(browser, address, name, size)
        browser.close()


@contextmanager
def running_ally() -> Iterator[str]:
    """The address of the phones page, while the program runs on free ports with data of its own."""
    port, phones_port = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [
            str(ROOT / ".venv/bin/ally"),
            "run",
            "--port",
            str(port),
            "--phones-port",
            str(phones_port),
        ]
        ours = ("ALLY_", "TWILIO_", "DATABASE_URL", "REDIS_URL")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        own = {"ALLY_FLOWS": str(ROOT / "flows"), "ALLY_MESSAGES": str(ROOT / "messages")}
        with subprocess.Popen(command, cwd=folder, env=kept | own) as ally:
            try:
                address = f"http://127.0.0.1:{phones_port}"
                wait_for(address, ally)
                wait_for(f"http://127.0.0.1:{port}", ally)
                yield address
            finally:
                ally.terminate()


def write_as_families(browser: Browser, address: str) -> None:
    """Let each phone write its talk, each text after the answer to the one before."""
    page = browser.new_page(viewport={"width": 1280, "height": 860})
    page.goto(address)
    for index, texts in enumerate(TALKS):
        for text in texts:
            write(page, index, text)
    page.close()


def write(page: Page, index: int, text: str) -> None:
    """Write one text on one phone, and wait until an answer stands under it, delivered."""
    phone = page.locator(f"#phone-{index}")
    bubbles = phone.locator(".bubble.school, .bubble.carrier")
    before = bubbles.count()
    phone.locator(f"#body-{index}").fill(text)
    phone.locator("button.send").click()
    bubbles.nth(before).wait_for(timeout=PATIENCE * 1000)
    page.wait_for_timeout(3000)  # parts that follow, and their receipts


def take(browser: Browser, address: str, name: str, size: tuple[int, int]) -> None:
    """Take one picture, at twice its size so that it stays sharp."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, device_scale_factor=2)
    page.goto(address)
    page.wait_for_timeout(1000)
    page.screenshot(path=PICTURES / name)
    page.close()
    sys.stdout.write(f"{PICTURES / name}\n")


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until something answers there. Ends the program when it does not come up."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(address, timeout=5):
                return
        except URLError:
            time.sleep(0.2)
    sys.exit("ally run did not come up")


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
