"""Files for the person at the screens. In a browser they go to the browser: the disk here is the server's."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App


def hand_over(app: App[None], name: str, content: bytes) -> None:
    """Give a file to the browser, which keeps it where it keeps what people download."""
    app.deliver_binary(BytesIO(content), save_filename=name, save_directory=".")
