"""Chromium without a window: what a page looks like, and what a script finds in it."""

import html
import json
import re
import subprocess
from pathlib import Path
from typing import Any

from tests.programs import axe, program

WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# No account, no network, no first-run pages; without a sandbox, which a container's root can't have.
_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--virtual-time-budget=20000",
]
_SECONDS = 120


def answer(page: str, script: str, folder: Path, *, width: int = 1280, dark: bool = False) -> Any:  # noqa: ANN401 - whatever JSON it is
    """What an async JavaScript function returns when it is called in the page, whose own policy would forbid it."""
    opened = re.sub(r"<meta http-equiv=.Content-Security-Policy.[^>]*>", "", page)
    told = "document.getElementById('answer').textContent = JSON.stringify"
    call = f"({script})().then(found => parent.{told}(found), error => parent.{told}({{error: String(error)}}))"
    framed = _framed(opened.replace("</body>", f"<script>{call}</script></body>"), width, 900)
    shown = _chromium(framed, folder, *_options(max(width, 500), 900, dark=dark), "--dump-dom")
    found = re.search(r'<pre id="answer" hidden="">(.*?)</pre>', shown, re.DOTALL)
    assert found, "the page has no body, or the script did not finish"
    return json.loads(html.unescape(found[1]))


def faults(page: str, folder: Path, *, width: int = 1280, dark: bool = False) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA and good practice: the rule, and the elements that break it."""
    checked = page.replace("</body>", f"<script>{axe()}</script></body>")
    options = json.dumps({"runOnly": WCAG_22_AA})
    found = answer(checked, f"async () => axe.run(document, {options})", folder, width=width, dark=dark)
    assert found["passes"], "nothing was checked"
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found["violations"] for node in rule["nodes"]]


def picture(page: str, folder: Path, *, width: int = 1280, height: int = 900, dark: bool = False) -> Path:
    """A PNG of the page's first `height` pixels; one narrower than 500 pixels has emptiness at its right."""
    path = folder / f"picture-{width}{'-dark' if dark else ''}.png"
    framed = _framed(page, width, height)
    _chromium(framed, folder, *_options(max(width, 500), height, dark=dark), f"--screenshot={path}")
    return path


def printed(page: str, folder: Path) -> Path:
    """The page as the PDF that printing it makes."""
    path = folder / "printed.pdf"
    _chromium(page, folder, "--no-pdf-header-footer", f"--print-to-pdf={path}")
    return path


def _options(width: int, height: int, *, dark: bool) -> list[str]:
    return [f"--window-size={width},{height}", *(["--force-dark-mode"] if dark else [])]


def _framed(page: str, width: int, height: int) -> str:
    """Put the page into a frame of its own: no window is narrower than 500 pixels, but a phone is."""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
        <meta name="color-scheme" content="light dark"><title>frame</title></head>
        <body style="margin: 0"><pre id="answer" hidden></pre>
        <iframe title="page" width="{width}" height="{height}" style="border: 0" srcdoc="{html.escape(page)}"></iframe>
        </body></html>"""


def _chromium(page: str, folder: Path, *options: str) -> str:
    """Open the page; what Chromium prints."""
    path = folder / "page.html"
    path.write_text(page, "utf-8")
    command = [
        program("chromium", "chromium-browser", "google-chrome"),
        *_OPTIONS,
        f"--user-data-dir={folder / 'profile'}",
        *options,
        path.as_uri(),
    ]
    result = subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
    return result.stdout.decode()
