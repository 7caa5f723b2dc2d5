"""The two looks: calm, one accent colour; red, amber and green only for ratings; every text at least 4.5 : 1."""

from __future__ import annotations

from dataclasses import replace

from textual.theme import Theme

DARK = Theme(
    name="dark",
    primary="#7db7ff",
    secondary="#7db7ff",
    accent="#7db7ff",
    foreground="#e4e6e8",
    background="#14171a",
    surface="#1c2024",
    panel="#23282d",
    success="#6fd99a",
    warning="#ffbd5c",
    error="#ff8178",
    dark=True,
    variables={
        "quiet": "#a3abb3",
        "rule": "#4a525a",
        "link": "#7db7ff",
        "rag-green": "#6fd99a",
        "rag-amber": "#ffbd5c",
        "rag-red": "#ff8178",
        "rag-m": "#a3abb3",
        "scrollbar": "#3a424a",
        "scrollbar-background": "#14171a",
        "scrollbar-hover": "#56606a",
        "scrollbar-active": "#7db7ff",
        "scrollbar-background-hover": "#14171a",
        "scrollbar-background-active": "#14171a",
        "border": "#4a525a",
    },
)
LIGHT = Theme(
    name="light",
    primary="#0b5394",
    secondary="#0b5394",
    accent="#0b5394",
    foreground="#1c2024",
    background="#fbfbf8",
    surface="#f2f2ee",
    panel="#e8e8e3",
    success="#0f6b35",
    warning="#8a4b00",
    error="#b0120a",
    dark=False,
    variables={
        "quiet": "#545c64",
        "rule": "#b4b9be",
        "link": "#0b5394",
        "rag-green": "#0f6b35",
        "rag-amber": "#8a4b00",
        "rag-red": "#b0120a",
        "rag-m": "#545c64",
        "scrollbar": "#c4c9ce",
        "scrollbar-background": "#fbfbf8",
        "scrollbar-hover": "#9aa2aa",
        "scrollbar-active": "#0b5394",
        "scrollbar-background-hover": "#fbfbf8",
        "scrollbar-background-active": "#fbfbf8",
        "border": "#b4b9be",
    },
)


def themes(*, colourless: bool) -> tuple[Theme, Theme]:
    """Return both looks; without colour ratings are as strong as other figures, since greys would rank them."""
    if not colourless:
        return DARK, LIGHT
    plain = []
    for theme in (DARK, LIGHT):
        strong = dict.fromkeys(("rag-green", "rag-amber", "rag-red", "link"), theme.foreground or "")
        plain.append(replace(theme, variables={**theme.variables, **strong}))
    return plain[0], plain[1]
