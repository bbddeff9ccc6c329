"""Characters mended: what was read with the wrong table of characters, and what nobody can see."""

import re
from unicodedata import normalize

ODD = {"\u00ad": "soft hyphen", "\u00a0": "no-break space", "\u202f": "no-break space"}
UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u200b\u2060\ufeff]|\u00ad(?!\\s*$)|[^\\S\n\t\f ]")
AFTER = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"  # how cp1252 shows the later bytes of a character
ONE = f"(?:[Â-ß]{AFTER}|[à-ï]{AFTER}{{2}}|[ð-ô]{AFTER}{{3}})"
MOJIBAKE = re.compile(
    f"{ONE}{{2,}}|â[\x80-\x84\x86-\x89€‚„†‡ˆ‰]{AFTER}|â€|ï»¿|ðŸ{AFTER}{{2}}|(?<=[a-zß-öø-ÿ])[ÂÃÄÅÎÏÐÑ]{AFTER}"
    f"|(?<![^\\W\\d_])(?:[ÂÃÄÅÎÏÐÑ]{AFTER}(?=[a-zß-öø-ÿ])|[ÂÃ][\x80-\xba\xbc-\xbf€‰Š‡])"
)
"""Runs that no language writes: two such characters, `â€` and its like, `Ã` behind or before a small letter."""


def plain(text: str) -> tuple[str, tuple[str, ...]]:
    """Return text in plain spaces and letters, and a name for each mend; a soft hyphen at its end is left to joining.

    Mended is only what cannot have been meant: mojibake that no language writes, characters that nobody can see.

    >>> plain("the agencyâ€™s 2\u00a0m long space\u00adcraft")[0], plain("NÃO, IRMÃ")
    ('the agency’s 2 m long spacecraft', ('NÃO, IRMÃ', ()))
    """
    if text.isascii() and text.isprintable():
        return text, ()
    mends: list[str] = []

    def mend(found: re.Match[str]) -> str:
        run = found[0]
        right = _decoded(run) if len(run) > 1 else " " if run.isspace() else ""
        if len(run) == 1:
            mends.append(ODD.get(run, "odd space" if right else "invisible character"))
        elif right != run:
            mends.append(f"mojibake: {run!r} -> {right!r}")
        return right

    text = UNSEEN.sub(mend, MOJIBAKE.sub(mend, text))
    composed = normalize("NFC", text)
    return composed, (*mends, *["accent"] * (len(text) - len(composed)))


def _decoded(run: str) -> str:
    """Return what a run of UTF-8 says that was read as cp1252, once or twice; the run itself if it is no such thing.

    >>> _decoded("Ã©"), _decoded("Ã¢â‚¬â„¢"), _decoded("Ã!")
    ('é', '’', 'Ã!')
    """
    try:
        octets = b"".join(char.encode("latin-1" if char < "\xa0" else "cp1252") for char in run)
        return MOJIBAKE.sub(lambda found: _decoded(found[0]), (octets if run != "â€" else b"\xe2\x80\x9d").decode())
    except UnicodeError:
        return run
