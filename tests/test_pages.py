"""The article among the clutter: what is the story, what is not, and why."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from toolkit.clutter import REASONS
from toolkit.files import BadInput, course_folder
from toolkit.pages import Page, read_page

PAGES = course_folder("datasets") / "pages"
GOLD = sorted(PAGES.glob("*.gold.json"))

FIRST = "The agency said on Friday that the launch would go ahead as planned."
SECOND = "Its rocket had been waiting on the pad since Monday, engineers told the council."
THIRD = "Nobody in the room could say what the delay would cost in the end."

SAVED = f"""<!doctype html><html lang="en"><head><title>Rocket waits for its day | The Gazette</title>
<style>.off{{display: none}}</style><meta property="og:title" content="You will not believe this rocket"></head><body>
<nav><a href="/">Home</a> <a href="/space">Space</a></nav>
<h1>Rocket waits for its day</h1><p>By Ann Lee | 12 July 2022 | Updated 14 July 2022</p>
<figure><figcaption>The rocket on its pad. Bo Berg / Quai Press</figcaption></figure>
<p><span>T</span>{FIRST[1:]}</p><script>document.write("<p>A sentence from a script.</p>")</script>
<p class="off">A draft that nobody was meant to read.</p>
<blockquote>Its rocket had been waiting on the pad since Monday, engineers told the council.</blockquote>
<p>{SECOND.replace(" since", "<br>since")} The council listened.</p>
<div><p>If you value our reporting, please support it: a membership costs less than a stamp.</p></div>
<p>{THIRD}</p><h2>More from Space</h2><div><h3><a href="/2">The cat that flew</a></h3><p>It came back hungry.</p></div>
<footer>© 2022 The Gazette. All rights reserved.</footer></body></html>"""

PASTED = f"""Menu
Home\tSpace\tSport

Rocket waits for its day
Ann Lee
Correspondent
12 July 2022

T
{FIRST[1:]}

Advertisement

{SECOND}

Support the Gazette
If you value our reporting, please support it: a membership costs less than a stamp.
Once\tMonthly\tAnnual

{THIRD}

Comments (1)
rocketeer\t2 hours ago
I could have told them so in the spring, had anybody asked.
"""


def reasons(page: Page) -> dict[str, str]:
    return {block.text: block.reason for block in page.dropped}


def test_a_saved_page_gives_its_story_and_its_facts():
    article = read_page(SAVED).article
    assert article.paragraphs == (FIRST, f"{SECOND} The council listened.", THIRD)
    assert (article.title, article.author, article.published) == (
        "Rocket waits for its day",
        "Ann Lee",
        date(2022, 7, 12),
    )
    assert (article.outlet, article.language, article.id) == ("The Gazette", "en", "rocket-waits-for-its-day")


def test_every_other_block_of_a_saved_page_is_dropped_with_its_reason():
    dropped = reasons(read_page(SAVED))
    assert dropped["The rocket on its pad. Bo Berg / Quai Press"] == "caption"
    assert dropped["A draft that nobody was meant to read."] == "hidden"
    assert dropped[SECOND] == "pull quote"
    assert dropped["More from Space"] == "read also"
    assert "It came back hungry." in dropped
    assert not any("script" in text for text in dropped)
    assert set(dropped.values()) <= set(REASONS)


def test_an_appeal_inside_the_story_does_not_end_it():
    page = read_page(PASTED)
    assert page.article.paragraphs == (FIRST, SECOND, THIRD)
    assert [block.reason for block in page.dropped if "stamp" in block.text] == ["appeal"]


def test_a_pasted_page_gives_headline_names_and_date_from_the_lines_above_the_story():
    article = read_page(PASTED).article
    assert (article.title, article.author, article.published) == (
        "Rocket waits for its day",
        "Ann Lee",
        date(2022, 7, 12),
    )
    assert reasons(read_page(PASTED))["Rocket waits for its day"] == "headline"
    assert "joined" in article.note


def test_a_reader_below_the_story_is_not_its_author():
    assert reasons(read_page(PASTED))["I could have told them so in the spring, had anybody asked."] == "comment"


def test_narrow_lines_are_joined_and_hyphens_at_their_ends_taken_out():
    text = (
        "The agency said on Friday that the satel-\nlites would stay where they were for the\nsummer, at the cosmo-\n"
        "drome and under guard, until a new rocket\nhas been found for them by the govern-\nment of the country.\n"
    )
    expected = (
        "The agency said on Friday that the satellites would stay where they were for the summer, at the cosmodrome "
        "and under guard, until a new rocket has been found for them by the government of the country."
    )
    assert read_page(text).article.text == expected


@pytest.mark.parametrize("line", ["12 July 2022", "Tue 12 Jul 2022 20.14", "12.07.2022", "2022-07-12", "July 12, 2022"])
def test_a_date_is_read_as_papers_write_it(line: str):
    text = f"Rocket waits for its day\n{line}\nUpdated 13 July 2022\n\n{FIRST}\n"
    assert read_page(text).article.published == date(2022, 7, 12)


def test_the_gold_pages_are_read_nearly_whole_and_nearly_clean():
    found = wanted = given = titles = dates = 0
    for path in GOLD:
        gold = json.loads(path.read_text(encoding="utf-8"))
        [page] = [file for file in PAGES.glob(path.name.replace("gold.json", "*")) if file.suffix in (".html", ".txt")]
        article = read_page(page).article
        story = [" ".join(part.split()) for part in gold["paragraphs"]]
        found += sum(part in article.paragraphs for part in story)
        wanted, given = wanted + len(story), given + len(article.paragraphs)
        titles += article.title == gold["title"]
        dates += str(article.published) == str(gold["published"])
    assert found / wanted >= 0.97
    assert found / given >= 0.97
    assert (titles, dates) == (12, 12)


def test_a_one_line_string_is_a_path_and_a_missing_one_is_named(tmp_path: Path):
    saved = tmp_path / "gazette.html"
    saved.write_text(SAVED, encoding="utf-8")
    assert read_page(str(saved)).article.id == "gazette"
    with pytest.raises(BadInput, match=r"there is no file nowhere\.html"):
        read_page("nowhere.html")


def test_an_encoding_that_is_not_utf_8_is_noted(tmp_path: Path):
    pasted = tmp_path / "old.txt"
    pasted.write_bytes(b"Old news travels slowly here\n\nThe agency\x92s chief said on Friday that it would fly.\n")
    article = read_page(pasted).article
    assert "agency’s chief" in article.text
    assert "cp1252" in article.note


@pytest.mark.parametrize("text", ["\n", "Home\nSpace\nSport\n", "<p>\0", "<html></html>", "<!-- A sentence. -->\n<br>"])
def test_a_page_without_a_story_says_so(text: str):
    with pytest.raises(BadInput, match=r"no article in it|cannot be read"):
        read_page(text)


HOSTILE = {
    "deep": "<html><body>" + "<div>" * 100_000 + FIRST,
    "unclosed": f"<p><div><i><table>{FIRST}" * 5_000,
    "no space": "<html><body><p>" + "a" * 1_000_000,
    "angles": "<html><body><p>" + "<" * 300_000,
    "digits": ("1" * 2_999 + "\n") * 300,
    "quotes": ("“" * 2_999 + "\n") * 300,
    "many lines": "a\n" * 100_000,
    "null bytes": f"\0\0\0\n{FIRST}\0\n",
    "half a character": f"\ud800\n{FIRST}\n",
    "bad JSON-LD": "<html><script type='application/ld+json'>" + '"headline":"\\x"' * 9 + f"</script><p>{FIRST}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_ends_in_an_article_or_one_sentence(name: str):
    try:
        assert "\0" not in read_page(HOSTILE[name]).article.text
    except BadInput as error:
        assert len(str(error)) < 200


def test_what_a_page_shows_of_itself_is_escaped_and_names_the_reasons():
    attack = "<script>alert(1)</script>"
    shown = read_page(SAVED.replace("The cat", "&lt;script&gt;alert(1)&lt;/script&gt;").replace("Rocket waits", attack))
    assert attack not in shown._repr_html_()
    page = read_page(PASTED.replace("Rocket", attack).replace("rocketeer", attack) + "\n")
    assert attack not in page._repr_html_()
    assert "<details>" in page._repr_html_()
    assert "<b>appeal</b>" in page._repr_html_()
    assert "- appeal: " in str(page)


def test_the_module_is_imported_without_the_extractor():
    loaded = "import sys, toolkit.pages; print(any(name in sys.modules for name in ('trafilatura', 'lxml', 'pandas')))"
    done = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True, cwd=PAGES.parent.parent
    )
    assert done.stdout.strip() == "False"
