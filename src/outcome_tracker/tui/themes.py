"""The looks: calm, one accent colour; red, amber and green only for ratings.

Every text has a contrast of at least 4.5 : 1 with what it stands on, with high contrast 7 : 1; every mark 3 : 1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from textual.theme import Theme


@dataclass(frozen=True, slots=True)
class Colours:
    """What a look is made of; `surface` is behind popups, `panel` behind fields and messages."""

    background: str
    surface: str
    panel: str
    foreground: str
    quiet: str
    rule: str
    accent: str
    green: str
    amber: str
    red: str
    band: str  # of the chart: Amber, behind lines


def _theme(name: str, colours: Colours, *, dark: bool) -> Theme:
    c = colours
    return Theme(
        name=name,
        primary=c.accent,
        secondary=c.accent,
        accent=c.accent,
        foreground=c.foreground,
        background=c.background,
        surface=c.surface,
        panel=c.panel,
        success=c.green,
        warning=c.amber,
        error=c.red,
        dark=dark,
        variables={
            "quiet": c.quiet,
            "rule": c.rule,
            "border": c.rule,
            "link": c.accent,
            "text-accent": c.accent,
            "rag-green": c.green,
            "rag-amber": c.amber,
            "rag-red": c.red,
            "rag-m": c.quiet,
            "band": c.band,
            "scrollbar": c.rule,
            "scrollbar-hover": c.quiet,
            "scrollbar-active": c.accent,
            "scrollbar-background": c.background,
            "scrollbar-background-hover": c.background,
            "scrollbar-background-active": c.background,
            "input-cursor-background": c.foreground,
            "input-cursor-foreground": c.background,
            "input-cursor-text-style": "none",
            "input-selection-background": f"{c.accent} 25%",
            "block-cursor-background": c.accent,
            "block-cursor-foreground": c.background,
        },
    )


DARK = _theme(
    "dark",
    Colours(
        background="#14171a",
        surface="#1c2024",
        panel="#23282d",
        foreground="#e4e6e8",
        quiet="#a3abb3",
        rule="#6d7680",
        accent="#7db7ff",
        green="#6fd99a",
        amber="#ffbd5c",
        red="#ff8178",
        band="#c4913f",
    ),
    dark=True,
)
LIGHT = _theme(
    "light",
    Colours(
        background="#fbfbf8",
        surface="#f2f2ee",
        panel="#e8e8e3",
        foreground="#1c2024",
        quiet="#4c545b",
        rule="#7f878f",
        accent="#0b5394",
        green="#0f6b35",
        amber="#8a4b00",
        red="#b0120a",
        band="#855510",
    ),
    dark=False,
)
DARK_CONTRAST = _theme(
    "dark-contrast",
    Colours(
        background="#000000",
        surface="#000000",
        panel="#141414",
        foreground="#ffffff",
        quiet="#d6d6d6",
        rule="#a0a0a0",
        accent="#a6d2ff",
        green="#7dff9e",
        amber="#ffd23f",
        red="#ffb3ab",
        band="#e0b838",
    ),
    dark=True,
)
LIGHT_CONTRAST = _theme(
    "light-contrast",
    Colours(
        background="#ffffff",
        surface="#ffffff",
        panel="#f2f2f2",
        foreground="#000000",
        quiet="#303030",
        rule="#606060",
        accent="#00306b",
        green="#003d1a",
        amber="#4f2a00",
        red="#700000",
        band="#4f2a00",
    ),
    dark=False,
)
LOOKS = {
    DARK.name: "dark",
    LIGHT.name: "light",
    DARK_CONTRAST.name: "dark with high contrast",
    LIGHT_CONTRAST.name: "light with high contrast",
}


def themes(*, colourless: bool) -> tuple[Theme, ...]:
    """Return the looks; without colour ratings are as strong as other figures, since greys would rank them."""
    every = (DARK, LIGHT, DARK_CONTRAST, LIGHT_CONTRAST)
    if not colourless:
        return every
    names = ("rag-green", "rag-amber", "rag-red", "link", "text-accent")
    return tuple(
        replace(theme, variables={**theme.variables, **dict.fromkeys(names, theme.foreground or "")}) for theme in every
    )
