"""A summary held against its source, sentence by sentence: what carries it, and what nothing carries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.article import Article
from toolkit.choices import need
from toolkit.claims.alignment import LONGEST, Evidence, Source, content
from toolkit.claims.items import Problem, check_items
from toolkit.claims.speech import Said, check_quotes, check_speakers, speech
from toolkit.claims.wording import check_wording
from toolkit.markup import SHOWN_CHARACTERS, escape, marked
from toolkit.quotemarks import blank_quotes
from toolkit.quoting import in_pieces, quotations
from toolkit.summaries import Summary

KINDS = ("number", "date", "name", "speaker", "negation", "quotation", "hedge", "invented")
"""What a problem can be. *invented*: the source has nothing in that place, or no such words."""

MOST_SUMMARY = 500  # sentences of a summary that are checked
LITTLE = 0.1  # of the words of a summary sentence, weighed by rarity, a source sentence must have to carry it

__all__ = ["KINDS", "Evidence", "Problem", "SentenceSupport", "Support", "support"]


@dataclass(frozen=True, slots=True)
class SentenceSupport:
    """A sentence of a summary: the problems that were found, and up to three source sentences that carry it.

    `supported` means that no problem was found, and not that the sentence is true.
    """

    sentence: str
    supported: bool
    problems: tuple[Problem, ...]
    evidence: tuple[Evidence, ...]

    def __str__(self) -> str:
        verdict = "no problem found" if self.supported else "look here"
        told = [f"  {problem.kind}: “{problem.words}” – {problem.explanation}" for problem in self.problems]
        held = [f"  source, {e.place}: {e.text}" for e in self.evidence] or ["  no sentence of the source carries it"]
        return "\n".join([f"{verdict}: {self.sentence}", *told, *held])

    def _repr_html_(self) -> str:
        spans = list[tuple[int, int, str]]()
        for p in sorted(self.problems, key=lambda p: (p.start, -p.end)):
            if not spans or p.start >= spans[-1][1]:
                spans.append((p.start, p.end, p.kind))
        verdict = "No problem found" if self.supported else "Look here"
        rows = (f"<b>{escape(p.kind)}</b>: “{escape(p.words)}” – {escape(p.explanation)}" for p in self.problems)
        told = "".join(f"<li>{row}</li>" for row in rows)
        held = escape("; ".join(e.place for e in self.evidence) or "no sentence of the source")
        head = f"<div class='mathjax_ignore'><b>{verdict}.</b>{marked(self.sentence, spans)}"
        return f"{head}<ul>{told}</ul><p dir='auto'><small>Carried by: {held}</small></p></div>"


class Support(tuple[SentenceSupport, ...]):
    """What was found for every sentence of a summary, in order. It prints as text and shows itself in a notebook."""

    articles: Sequence[Article] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, in the order of the summary."""
        return tuple(problem for sentence in self for problem in sentence.problems)

    def _title(self) -> str:
        return f"{len(self)} sentence{'s' * (len(self) != 1)}, {sum(s.supported for s in self)} without a problem"

    def __repr__(self) -> str:
        return "\n".join([self._title(), *map(str, self)])

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{sentence._repr_html_()}</li>" for sentence in self[:100])
        sources = "".join(map(self._shown, self.articles[:10]))
        head = f"<section class='mathjax_ignore' style='max-width:44em'><p><strong>{self._title()}</strong></p>"
        return f"{head}<ol>{items}</ol>{sources}</section>"

    def _shown(self, article: Article) -> str:
        """Return an article with the evidence marked, each sentence with the numbers of those that it carries."""
        carried: dict[tuple[int, int], list[str]] = {}
        for n, sentence in enumerate(self, 1):
            for e in sentence.evidence:
                if e.source == article.id and e.end <= SHOWN_CHARACTERS:
                    carried.setdefault((e.start, e.end), []).append(str(n))
        spans = [(*span, f"carries {', '.join(numbers)}") for span, numbers in sorted(carried.items())]
        return f"<details><summary>The source {escape(article.title)}</summary>{marked(article.text, spans)}</details>"


def support(summary: str | Summary | Article, source: str | Article | Iterable[Article]) -> Support:
    """Return for every sentence of a summary which source sentences carry it, and what in it they do not carry.

    Checked by rules that can be read, in `toolkit/claims`: numbers with their units (€1.3 billion is 1,300 million;
    *about* lets the last digit be rounded), dates (*on Tuesday* counted from the day of publication), names (surnames,
    initials and aliases count), speakers, words between quotation marks letter by letter, *not*, and *may* made *will*.
    A number, date or name counts as exchanged when the sentence with the words around it has another one.
    How good: `benchmarks/support.py` measures it on `datasets/support`. Of 50 changed numbers, dates, names, speakers
    and quotations that the rules had never seen, 48 got an alarm (of the 110 they were made with, 91: so that set was
    an easy one), and 5 of 64 good sentences got a false one. Silence is no proof.
    Limits: a claim that is true but not in the source is not supported, and a sentence without problems may still
    mislead. Two numbers of one sentence exchanged are not seen; *invented* and negation find only part; negation,
    hedges, dates and speakers are English only. Raises ValueError for an empty text or one that is too long.

    >>> found = support("ESA paid €1.5 billion.", "ESA paid €1.3 billion. Roscosmos paid nothing.")
    >>> found[0].supported, found[0].problems[0].explanation
    (False, 'the source has €1.3 billion, not €1.5 billion (sentence 1)')
    """
    text = summary if isinstance(summary, str) else getattr(summary, "text", None)
    need("support", text, str, "give a text first, then its source: support(summary, article)")
    articles = _articles(source)
    sentences = in_pieces(str(text), longest=LONGEST)
    if not sentences:
        raise ValueError('the summary is empty; give its text: support("One sentence.", article)')
    if len(sentences) > MOST_SUMMARY:
        raise ValueError(
            f"the summary has {len(sentences):,} sentences; support checks up to {MOST_SUMMARY}, so give a part"
        )
    ready = Source(articles)
    told = speech(ready)
    found = Support(_checked(sentence.text, ready, told) for sentence in sentences)
    found.articles = articles
    return found


def _articles(source: str | Article | Iterable[Article]) -> list[Article]:
    one = Article("", "", source) if isinstance(source, str) else source
    found = [one] if isinstance(one, Article) else one
    need("support", found, Iterable, "give a text, an article or articles as the source: support(summary, article)")
    articles = list(found)
    for article in articles:
        need("support", article, Article, "give articles as the source: support(summary, [first, second])")
    if not any(article.text.strip() for article in articles):
        raise ValueError("the source is empty; give the article that the summary is of: support(summary, article)")
    return articles


def _checked(sentence: str, source: Source, told: Sequence[Said]) -> SentenceSupport:
    blank, today = blank_quotes(sentence), next((a.published for a in source.articles if a.published), None)
    found = [*check_quotes(sentence, source), *check_speakers(sentence, source, told), *check_wording(blank, source)]
    found += check_items(blank, source, today)
    speaking = {said.speaker for said in quotations(sentence)}
    named = [p._replace(kind="speaker") if p.kind == "name" and p.words in speaking else p for p in found]
    rows = source.nearest(sentence, 3, LITTLE, 0.5)
    if not rows and content(sentence):
        named.append(Problem("invented", sentence, "hardly a word of this stands in the source", 0, len(sentence)))
    once = {(problem.kind, problem.words, problem.start): problem for problem in reversed(named)}
    ordered = tuple(sorted(once.values(), key=lambda problem: (problem.start, problem.end)))
    return SentenceSupport(sentence, not ordered, ordered, tuple(source.sentences[row] for row in rows))
