"""The screens in a browser: what is drawn goes to the server that started this program, keys come from it."""

from __future__ import annotations

from contextlib import suppress

from textual.drivers.web_driver import WebDriver
from textual.messages import ExitApp


class BrowserDriver(WebDriver):
    """Textual's driver for the web, which ends the screens when the server has gone.

    Textual's own goes on without keys for ever, and fails in the middle of drawing.
    """

    def write(self, data: str) -> None:
        """Draw; where nobody is left to look, draw nothing."""
        with suppress(BrokenPipeError):
            super().write(data)

    def write_meta(self, data: dict[str, object]) -> None:
        """Tell the server something, if it is there."""
        with suppress(BrokenPipeError):
            super().write_meta(data)

    def run_input_thread(self) -> None:
        """Read keys until the server or the app ends it."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.post_message(ExitApp())
