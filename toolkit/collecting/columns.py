"""Which column means what, whoever exported the table, and the article that a row makes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from datetime import date

from toolkit.article import Article
from toolkit.blocks import html_blocks
from toolkit.choices import one_of
from toolkit.clutter import find_date
from toolkit.collecting.rows import Row
from toolkit.files import BadInput
from toolkit.wordlists import LANGUAGES

COLUMNS = {
    "id": ("id", "article_id", "story_id", "stories_id"),
    "title": ("title", "headline", "titel", "überschrift", "titre", "заголовок", "название"),
    "text": ("text", "full_text", "fulltext", "article_text", "story_text", "maintext", "content", "body", "article",
             "content_text", "content_html", "encoded", "snippet", "description", "summary",
             "texte", "inhalt", "текст"),
    "outlet": ("outlet", "media_name", "publication", "publisher", "newspaper", "source_name", "domain",
               "source_domain", "sitename", "source", "medium", "zeitung", "quelle", "journal", "издание", "сми",
               "источник"),
    "published": ("published", "publish_date", "date_published", "published_at", "publishedat", "publication_date",
                  "pubdate", "pub_date", "date_publish", "date", "datetime", "seendate", "updated",
                  "datum", "дата"),
    "language": ("language", "lang", "sprache", "langue", "язык"),
    "url": ("url", "link", "article_url", "story_url", "lien", "ссылка", "source"),
    "author": ("author", "authors", "byline", "creator", "autor", "auteur", "автор"),
}  # fmt: skip
"""The names under which each field of an article is recognised, the best first; case and spaces do not matter.

GDELT DOC and Media Cloud are among them (`seendate`, `domain`, `media_name`, `publish_date`), and some German, French
and Russian names."""


def recognise(header: Iterable[str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return what each column means: the name of an article's field, or an empty string for a column left aside.

    `given` says it by hand, field first: `{"text": "Volltext"}`; `date` is another word for `published`. Raises
    `BadInput` when no column holds a text, a title or an address.

    >>> recognise(["seendate", "Title", "socialimage"])
    {'seendate': 'published', 'Title': 'title', 'socialimage': ''}
    """
    columns = list(header)
    given = {"published" if field == "date" else field: name for field, name in (given or {}).items()}
    shown = ", ".join(repr(name[:40]) for name in columns[:12])
    for field, name in given.items():
        one_of("field", field, COLUMNS)
        if name not in columns:
            raise BadInput(f"there is no column {name!r}; found {shown}")
    plain = {re.sub(r"\W+", "_", name.lower()).strip("_"): name for name in reversed(columns)}
    meant: dict[str, str] = {}
    for field, names in COLUMNS.items():
        chosen = given.get(field) or next((plain[name] for name in names if name in plain), None)
        if chosen is not None:
            meant.setdefault(chosen, field)
    if not {"text", "title", "url"} & set(meant.values()):
        advice = 'name one text, title or url, or collect with columns={"text": "its name"}'
        raise BadInput(f"no column holds a text, a title or an address; found {shown}; {advice}")
    return {name: meant.get(name, "") for name in columns}


def article_from(row: Row, given: Mapping[str, str] | None = None) -> tuple[Article, dict[str, str]]:
    """Return the article in a row, markup in it made plain paragraphs, and what each column was taken for.

    Raises `BadInput` for a row with neither text nor title.

    >>> article_from({"title": "A rover waits", "seendate": "20220712T143000Z", "language": "German"})[0].language
    'de'
    """
    row = {name: value for name, value in row.items() if value is not None}
    meant = recognise(row, given)
    cells = dict.fromkeys(COLUMNS, "") | {meant[name]: as_text(value) for name, value in row.items()}
    title, text = " ".join(plain(cells["title"]).split()), plain(cells["text"])
    if not (title or text):
        raise BadInput("has neither text nor title")
    published, doubt = read_date(cells["published"])
    missing = "" if text else "No text: the source gives only facts about the article."
    slugs = (re.sub(r"\W+", "-", name.lower())[:80].strip("-") for name in (cells["id"], title, text[:60], "article"))
    article = Article(
        id=next(filter(None, slugs)),
        title=title,
        text=text,
        outlet=cells["outlet"],
        published=published,
        language=language_code(cells["language"]),
        url=cells["url"],
        author=cells["author"],
        note=f"{missing} {doubt}".strip(),
    )
    return article, meant


def language_code(text: str) -> str:
    """Return the code of a language that a cell names, in small letters.

    >>> language_code("German"), language_code("en-GB")
    ('de', 'en')
    """
    codes = {name: code for code, name in LANGUAGES.items()}
    return codes.get(text.lower()) or re.sub(r"^([a-z]{2})[-_].*", r"\1", text.lower())


def as_text(value: object) -> str:
    """Return a value from outside as clean text, a list of names as one line."""
    values = value if isinstance(value, list) else [value]
    parts = [part.get("name") if isinstance(part, dict) else part for part in values]
    text = ", ".join(str(part) for part in parts if isinstance(part, str | int | float))
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]", "", text.encode("utf-8", "replace").decode()).strip()


def read_date(text: str) -> tuple[date | None, str]:
    """Return the date in a cell, and a doubt in words where it can be read two ways or not at all.

    >>> read_date("20220712T143000Z")
    (datetime.date(2022, 7, 12), '')
    >>> read_date("07/12/2022")
    (datetime.date(2022, 12, 7), "The date '07/12/2022' was read as day before month.")
    """
    found = find_date(re.sub(r"^(\d{4})(\d\d)(\d\d)(?=T|\d{6}|$)", r"\1-\2-\3", text))
    if not text or (found and not re.match(r"\d\d?/\d\d?/", text)):
        return found, ""
    return found, f"The date {text[:40]!r} was {'read as day before month' if found else 'not understood'}."


def plain(text: str) -> str:
    """Return text as paragraphs parted by a blank line, without markup.

    >>> plain("<p>One &amp; two.</p><p>Three.<script>x()</script></p>")
    'One & two.\\n\\nThree.'
    """
    if re.search(r"</?[a-zA-Z]\w*[^<>]*>", text):
        from lxml.html import document_fromstring

        text = "\n\n".join(block.text for block in html_blocks(document_fromstring(f"<div>{text}</div>")))
    lines = "\n".join(line.strip() for line in html.unescape(text).splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()
