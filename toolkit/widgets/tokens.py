"""The token desk: type a text, choose a tokenizer and steps, and see what becomes of every token."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from toolkit.article import Article
from toolkit.choices import need
from toolkit.markup import escape
from toolkit.normalising import STEPS, Forms, normalize, why
from toolkit.tokens import TOKENIZERS, tokenize
from toolkit.widgets.keys import Keys, literal

LONGEST = 4_000
"""The most characters that the desk cuts; a longer text belongs in code."""

QUOTED = 80
"""The most characters of the text that the line of code repeats."""

OFFERED = [name for name in STEPS if name != "lemma"]
BOX = "display:inline-block;border:1px solid #767676;border-radius:3px;padding:0 .3em;margin:.1em"


class TokenDesk(widgets.VBox):  # type: ignore[misc]
    """A text, and its tokens in boxes: changed ones with what they became, those left out struck through.

    `text`, `tokenizer` and `steps` (by name) are the controls; setting their `value` in code does what a hand does.
    """

    def __init__(self, text: str) -> None:
        """Show the beginning of a text, cut by our tokenizer, before any step."""
        wide = {"layout": widgets.Layout(width="44em"), "style": {"description_width": "6em"}}
        self.text = widgets.Textarea(text[:LONGEST], description="Text", rows=3, **wide)
        self.tokenizer = widgets.Dropdown(options=list(TOKENIZERS), description="Tokenizer", **wide)
        self.steps = {name: widgets.Checkbox(False, description=name, indent=False) for name in OFFERED}
        self.counts, self.tokens, self.code = widgets.HTML(), widgets.HTML(), widgets.HTML()
        for control in (self.text, self.tokenizer, *self.steps.values()):
            control.observe(self._show, names="value")
        self._show()
        row = widgets.HBox(list(self.steps.values()), layout=widgets.Layout(flex_flow="row wrap"))
        row.add_class("token-steps")
        keys = Keys(label="Token desk", groups={"token-steps": "Steps, taken from left to right"})
        super().__init__([self.text, self.tokenizer, row, self.code, self.counts, self.tokens, keys])
        self.add_class("toolkit-desk")
        self.counts.add_class("announced")

    def _show(self, _change: Any = None) -> None:
        text = self.text.value[:LONGEST]
        chosen = [name for name, box in self.steps.items() if box.value]
        forms = normalize(tokenize(text, tokenizer=self.tokenizer.value), *chosen)
        kept = forms.texts
        said = f"{len(forms)} tokens, {len(kept)} kept, {len(set(kept))} different."
        cut = f" Only the first {LONGEST:,} characters are cut." if len(self.text.value) > LONGEST else ""
        twice = " Stemmed twice: by porter, then by snowball." if {"porter", "snowball"} <= {*chosen} else ""
        self.code.value = _code(text, self.tokenizer.value, chosen)
        told = "".join(f"<li>{escape(why(form))}</li>" for form in forms)
        words = f"<details><summary>In words, token by token</summary><ol>{told}</ol></details>"
        boxes = f'<p dir="auto">{_boxes(forms)}</p>'
        self.tokens.value = f'<div class="mathjax_ignore" style="max-width:44em">{boxes}{words}</div>'
        self.counts.value = f"<p>{said}{twice}{cut}</p>"  # last, for it is announced


def _code(text: str, tokenizer: str, steps: list[str]) -> str:
    """Return the lines of Python that do the same as the desk; of a long text they have only the beginning."""
    short, hint = text, ""
    if len(text) > QUOTED:
        short, hint = f"{text[: QUOTED - 20]} …", " (on the beginning of the text)"
    words = "".join(f', "{step}"' for step in steps)
    code = "from toolkit import normalize, tokenize\n"
    code += f'normalize(tokenize({literal(short)}, tokenizer="{tokenizer}"){words})'
    block = f'<code style="display:block;white-space:pre-wrap;overflow-wrap:anywhere">{escape(code)}</code>'
    return f'<div class="mathjax_ignore" style="max-width:44em">The same in code{hint}:{block}</div>'


def _boxes(forms: Forms) -> str:
    """Return every token in a box, with what happened to it as its title."""
    boxes = []
    for form in forms:
        token, after = escape(form.token.text), escape(form.text)
        inside = f"<s>{token}</s> left out" if not after else token if after == token else f"{token} → <b>{after}</b>"
        boxes.append(f'<span style="{BOX}" title="{escape(why(form))}">{inside}</span>')
    return " ".join(boxes)


def explore_tokens(source: Article | str) -> TokenDesk:
    """Return the token desk for a text or an article: the lines of lesson 2 with a hand on every setting.

    >>> desk = explore_tokens("The arm moved.")
    >>> desk.steps["drop_stop"].value = True
    >>> desk.counts.value
    '<p>4 tokens, 3 kept, 3 different.</p>'
    """
    need("explore_tokens", source, (Article, str), 'give a text or an article: explore_tokens("The arm moved.")')
    return TokenDesk(source.text if isinstance(source, Article) else source)
