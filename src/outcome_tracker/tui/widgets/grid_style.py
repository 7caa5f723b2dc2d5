"""How a grid looks: its parts, and their colours in dark and light themes.

Ratings have colours of their own, readable as text on either background, and never alone: a shape or letter is
beside each. The cursor is seen without colour: a mark and bold on its line, reverse on its cell.
"""

PARTS = {
    "grid--header",
    "grid--header-on",
    "grid--heading",
    "grid--cursor",
    "grid--cursor-blurred",
    "grid--cursor-cell",
    "grid--cursor-cell-blurred",
    "grid--edit",
    "rag-green",
    "rag-amber",
    "rag-red",
    "rag-m",
    "accent",
    "muted",
    "problem",
    "strong",
    "warning",
}

CSS = """
GridView {
    width: 1fr;
    height: 1fr;
    overflow-x: hidden;
    overflow-y: auto;
    background: $background;
    color: $foreground;
    scrollbar-size-vertical: 1;
    scrollbar-gutter: stable;
    & > .grid--header { color: $foreground 65%; text-style: underline; }
    & > .grid--header-on { color: $text-accent; text-style: bold underline; }
    & > .grid--heading { color: $foreground; text-style: bold; }
    & > .grid--cursor { background: $accent 18%; text-style: bold; }
    & > .grid--cursor-blurred { background: $foreground 8%; }
    & > .grid--cursor-cell { text-style: bold reverse; }
    & > .grid--cursor-cell-blurred { text-style: underline; }
    & > .grid--edit { color: $foreground; background: $background; text-style: bold underline; }
    & > .accent { color: $text-accent; }
    & > .muted { color: $foreground 60%; }
    & > .strong { text-style: bold; }
    & > .problem { color: #ff8a80; text-style: italic; }
    & > .warning { color: #ffd54f; text-style: italic; }
    & > .rag-green { color: #6fd99a; }
    & > .rag-amber { color: #ffbd5c; }
    & > .rag-red { color: #ff8178; text-style: bold; }
    & > .rag-m { color: $foreground 65%; }
    &:light {
        & > .problem { color: #a3140c; }
        & > .warning { color: #7a4b00; }
        & > .rag-green { color: #0f6b35; }
        & > .rag-amber { color: #8a4b00; }
        & > .rag-red { color: #b0120a; }
    }
}
"""
