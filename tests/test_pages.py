"""The article among the clutter: what is the story, what is not, and why."""

import json
import re
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest

from toolkit.blocks import Block
from toolkit.clutter import REASONS, find_date, reason_for
from toolkit.files import BadInput, course_folder
from toolkit.markup import escape
from toolkit.mending import plain
from toolkit.pages import Page, read_page

PRACTICE = course_folder("datasets") / "pages"
MARKED = Path(__file__).parent / "pages"

FIRST = "The agency said on Friday that the launch would go ahead as planned."
SECOND = "Its rocket had been waiting on the pad since Monday, engineers told the council."
THIRD = "Nobody in the room could say what the delay would cost in the end."

SAVED = f"""<!doctype html><html lang="en"><head><title>Rocket waits for its day | The Gazette</title>
<style>.off{{display: none}}</style><meta property="og:title" content="You will not believe this rocket"></head><body>
<nav><a href="/">Home</a> <a href="/space">Space</a></nav>
<h1>Rocket waits for its day</h1><p>By Ann Lee | 12 July 2022 | Updated 14 July 2022</p>
<figure><figcaption>The rocket on its pad. Bo Berg / Quai Press</figcaption></figure>
<p><span>T</span>{FIRST[1:]}</p><script>document.write("<p>A sentence from a script.</p>")</script>
<p class="off">A draft that nobody was meant to read.</p><blockquote>{SECOND}</blockquote>
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


def told(source: str) -> tuple[str, ...]:
    return read_page(source).article.paragraphs


def reasons(page: Page) -> dict[str, str]:
    return {block.text: block.reason for block in page.dropped}


def test_a_saved_page_gives_its_story_and_its_facts():
    article = read_page(SAVED).article
    assert article.paragraphs == (FIRST, f"{SECOND} The council listened.", THIRD)
    assert (article.title, article.author) == ("Rocket waits for its day", "Ann Lee")
    assert (article.published, article.language) == (date(2022, 7, 12), "en")
    assert (article.outlet, article.id) == ("The Gazette", "rocket-waits-for-its-day")


def test_every_other_block_of_a_saved_page_is_dropped_with_its_reason():
    dropped = reasons(read_page(SAVED))
    assert dropped["The rocket on its pad. Bo Berg / Quai Press"] == "caption"
    assert dropped["A draft that nobody was meant to read."] == "hidden"
    assert dropped[SECOND] == "pull quote"
    assert dropped["More from Space"] == "read also"
    assert "It came back hungry." in dropped
    assert not any("script" in text for text in dropped)
    assert set(dropped.values()) <= set(REASONS)


def test_a_pasted_page_gives_its_story_and_the_facts_from_the_lines_above_it():
    page = read_page(PASTED)
    assert page.article.paragraphs == (FIRST, SECOND, THIRD)
    assert (page.article.title, page.article.author) == ("Rocket waits for its day", "Ann Lee")
    assert page.article.published == date(2022, 7, 12)
    dropped = reasons(page)
    assert dropped["Rocket waits for its day"] == "headline"
    assert dropped["If you value our reporting, please support it: a membership costs less than a stamp."] == "appeal"
    assert dropped["I could have told them so in the spring, had anybody asked."] == "comment"


def set_in_lines(text: str, width: int) -> str:
    """Fill lines as a typesetter does: a word is broken at a `|`, or after its own hyphen, where it no longer fits."""
    lines = [""]
    for word in text.split():
        lead, pieces = " " if lines[-1] else "", word.replace("-", "-|").split("|")
        while pieces:
            fits = [
                n for n in range(1, len(pieces) + 1)
                if len(lines[-1] + lead + "".join(pieces[:n])) + (n < len(pieces) and pieces[n - 1][-1] != "-") <= width
            ]  # fmt: skip
            n = max(fits, default=0 if lines[-1] else 1)
            torn = 0 < n < len(pieces) and not pieces[n - 1].endswith("-")
            lines[-1] += lead * (n > 0) + "".join(pieces[:n]) + "-" * torn
            pieces, lead = pieces[n:], ""
            lines += [""] if pieces else []
    return "\n".join(lines)


@pytest.mark.parametrize("path", sorted(MARKED.iterdir()), ids=lambda path: path.name)
def test_a_page_unlike_the_practice_pages_is_read_whole_and_clean(path: Path):
    """A paragraph of the story stands in `§` and `¶`; a line with a `|` in a word is set in a narrow column."""
    marked = path.read_text(encoding="utf-8")
    story = [" ".join(re.sub("<[^>]+>", "", text).split()) for text in re.findall("§([^¶]*)¶", marked)]
    source = re.sub("[§¶]", "", marked)
    source = re.sub(r"(?m)^.*\w\|\w.*$", lambda line: set_in_lines(line[0], 52), source)
    assert told(source) == tuple(text.replace("|", "") for text in story)


def test_the_practice_pages_are_read_nearly_whole_and_nearly_clean():
    found = wanted = given = facts = 0
    for path in sorted(PRACTICE.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        [page] = [file for file in PRACTICE.glob(path.name.replace("gold.json", "*")) if file.suffix != ".json"]
        article = read_page(page).article
        story = [" ".join(part.split()) for part in gold["paragraphs"]]
        found += sum(part in article.paragraphs for part in story)
        wanted, given = wanted + len(story), given + len(article.paragraphs)
        facts += (article.title == gold["title"]) + (str(article.published) == str(gold["published"]))
    assert (found / wanted >= 0.98, found / given >= 0.98, facts) == (True, True, 24)


BROKEN = {
    "a narrow column": """The mu|se|um in the old ob|ser|va|to|ry keeps a radio-electronics work|bench from the years
        be|fore the sta|tion was built. Its cu|ra|tor, who grew up near the an|ten|nas, opened the col|lec|tion to
        vis|i|tors on Sat|ur|day and showed them a trans|mit|ter that no|body had switched on for thir|ty years. The
        cab|i|nets be|low it hold let|ters from en|gi|neers who never met, al|though they wrote to each oth|er once a
        month and signed every sin|gle page.""",
    "words that stand elsewhere too": """A long-term plan was what the coun|cil want|ed, and a long-term plan is what
        it has been giv|en: the har|bour will keep its cranes, and the cranes will keep their driv|ers. Nobody at the
        meet|ing asked how long-term the con|tracts are, or what a long-term con|tract costs a har|bour that may
        close. The driv|ers have a long-term view of their own, and the cranes have seen more coun|cils than most.
        For the long-term driv|ers of the har|bour no con|tract was ever need|ed.""",
    "German": """Die Samm|lung des al|ten Ob|ser|va|to|ri|ums zeigt seit Sams|tag einen Sen|der, den drei|ßig Jah|re
        lang nie|mand ein|ge|schal|tet hat. Die Lei|te|rin ist in der Nä|he der An|ten|nen auf|ge|wach|sen und kennt
        je|den Schal|ter des Ge|räts. Un|ter dem Sen|der lie|gen Brie|fe von In|ge|ni|eu|ren, die ein|an|der nie
        ge|se|hen, sich aber je|den Mo|nat ge|schrie|ben ha|ben.""",
}
UNBROKEN = """
    The inn at the end of the quay opens in winter, when the ferries have stopped and the well-informed visitor has
    the harbour to himself. Its landlady serves one dish a day, and nobody has ever asked her for a second. There is
    a room under the roof with a table, a lamp and a view of the slipway, where the half-timbered boats wait under
    canvas for the spring. In the evening the fishermen come in, sit down by the stove and talk about the weather of
    other years. They say that it was colder then, and they may be right, for the church keeps a record. Whoever
    stays for a week-long holiday leaves with a red face and a low opinion of the town. The bus goes twice a day,
    once in the dark, and the driver will wait if he is told."""


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("width", [38, 42, 47, 53])
def test_a_word_that_a_line_broke_is_made_whole_and_a_hyphen_of_its_own_stays(name: str, width: int):
    text = " ".join(BROKEN[name].split())
    page = read_page(set_in_lines(text, width) + "\n")
    assert page.article.text == text.replace("|", "")
    assert page.mends["hard line break"] == set_in_lines(text, width).count("\n")


@pytest.mark.parametrize("width", range(40, 78, 3))
def test_lines_that_break_no_words_keep_every_hyphen(width: int):
    text = " ".join(UNBROKEN.split())
    assert read_page(textwrap.fill(text, width) + "\n").article.text == text


MENDS = {
    "soft hyphens": ("space\u00adcraft, launch\u00ader", "spacecraft, launcher", {"soft hyphen": 2}),
    "no-break spaces": ("2\u00a0m and 5\u202fm", "2 m and 5 m", {"no-break space": 2}),
    "what nobody sees": ("la\u200bunch", "launch", {"invisible character": 1}),
    "a loose accent": ("Cafe\u0301", "Café", {"accent": 1}),
    "curly quotes read as cp1252": (
        "theyâ€™re at â€œBaikonurâ€\x9d, arenâ€™t they", "they’re at “Baikonur”, aren’t they",
        {"mojibake: 'â€™' -> '’'": 2, "mojibake: 'â€œ' -> '“'": 1, "mojibake: 'â€\\x9d' -> '”'": 1},
    ),
    "accents read as cp1252": ("cafÃ©", "café", {"mojibake: 'Ã©' -> 'é'": 1}),
    "Russian read as cp1252": ("Ð¡Ð¾ÑŽÐ·", "Союз", {"mojibake: 'Ð¡Ð¾ÑŽÐ·' -> 'Союз'": 1}),
    "read as cp1252 twice": ("theyÃ¢â‚¬â„¢re", "they’re", {"mojibake: 'Ã¢â‚¬â„¢' -> '’'": 1}),
}  # fmt: skip


@pytest.mark.parametrize("name", MENDS)
def test_every_mend_is_counted_by_its_kind(name: str):
    torn, whole, mends = MENDS[name]
    for source in (f"{FIRST} Here is {torn}.\n\n{SECOND}\n", f"<h1>Rocket</h1><p>{FIRST} Here is {torn}.</p>"):
        page = read_page(source)
        assert f"Here is {whole}." in page.article.text
        assert page.mends == mends


def test_a_soft_hyphen_at_the_end_of_a_line_joins_it_to_the_next():
    page = read_page(f"{FIRST} Here is a long way by space\u00ad\ncraft.\n\n{SECOND}\n\n{THIRD}\n")
    assert page.article.paragraphs[0].endswith("by spacecraft.")
    assert page.mends == {"soft hyphen": 1, "hard line break": 1}


def test_mends_are_told_in_words_wherever_a_page_is_shown():
    page = read_page(f"T\n{FIRST[1:]} Itâ€™s 2\u00a0m and 5\u00a0m long; itâ€™s red.\n\n{SECOND}\n")
    assert page.mends == {"no-break space": 2, "mojibake: 'â€™' -> '’'": 2, "drop cap": 1}
    for words in ("drop cap × 1", "no-break space × 2", "mojibake: 'â€™' -> '’' × 2"):
        assert words in repr(page) and escape(words) in page._repr_html_() and words in page.article.note
    assert read_page(SAVED).mends == {"torn paragraph": 1}
    assert read_page(f"{FIRST}\n\n{SECOND}\n").article.note == ""


@pytest.mark.parametrize(
    "line",
    ["SÃO PAULO, AMANHÃ”, NÃO, “IRMÔ", "Il l’a fermé…», dit-elle", "„JÄ“ and „HÖ“, CAFÉ», 5 Å–10 Å", "ÎLE… Âge, Ð"],
)
def test_letters_that_look_like_mojibake_are_left_alone(line: str):
    assert plain(line) == (line, ())


@pytest.mark.parametrize(
    ("opening", "mended"),
    [
        ("T he agency said", "The agency said"),
        ("TThe agency said", "The agency said"),
        ("ARussian agency said", "A Russian agency said"),
        ("A rocket said", "A rocket said"),
        ("X rays said", "X rays said"),
        ("“T he agency said", "“The agency said"),
    ],
)
def test_a_drop_cap_finds_its_word(opening: str, mended: str):
    page = read_page(f"{opening} on Friday that it would fly. The Russian rocket waits.\n\n{SECOND}\n\n{THIRD}\n")
    assert page.article.text.startswith(mended)
    assert page.mends == ({} if mended == opening else {"drop cap": 1})


def test_lists_and_tables_in_the_story_do_not_end_it_and_list_items_belong_to_it():
    items = ["a new landing platform", "a new rocket to leave the Earth"]
    listed = "".join(f"<li><p>{item}</p></li>" for item in [*items, THIRD])
    page = f"""<html><body><h1>Rocket waits for its day</h1><ul><li><p><a href="/1">Space news</a></p></li></ul>
        <p>{FIRST}</p><p>The agency must find:</p><ul>{listed}</ul><p>{SECOND}</p></body></html>"""
    assert told(page) == (FIRST, "The agency must find:", *items, THIRD, SECOND)
    table = "<tr><td>Year</td><td>Cost</td></tr>" * 6
    page = f"<h1>Rocket waits</h1><p>{FIRST}</p><table>{table}</table><ul><li>five pads</ul><p>{SECOND}</p><p>{THIRD}"
    assert told(page) == (FIRST, "five pads", SECOND, THIRD)


@pytest.mark.parametrize(
    "sentence",
    [
        "The astronauts asked us for cookies, and we sent cookies.",
        "He told us to read his newsletter before we print.",
        "Starlink says subscribers can keep their dish, and we tested yours.",
        "Read more quietly, he told the pupils.",
        "We should help our farmers and pay them, and you should join us.",
        "You pay for the support of a station that you cannot join.",
        "The letters that the astronauts sent to the editor were read.",
        "1.35 billion euros have been spent so far on the rover.",
        "12:30 Moscow time was the moment when the rocket rose.",
        "Correction of the orbit took two hours.",
        "Clarification came on Friday from the council.",
        "“Not yet.”",
        "Why?",
        "He left.",
        "There was one thing that they all forgot on that Monday —",
    ],
)
def test_a_sentence_between_two_paragraphs_is_the_story_whatever_word_is_in_it(sentence: str):
    assert reason_for(Block(sentence)) == ""
    assert told(f"<h1>Rocket waits for its day</h1><p>{FIRST}</p><p>{sentence}</p><p>{SECOND}</p>")[1:-1] == (sentence,)
    assert told(f"{FIRST}\n\n{sentence}\n\n{SECOND}\n") == (FIRST, sentence, SECOND)


@pytest.mark.parametrize(
    "opening",
    [
        "<style>@media print{.ad .para{display:none}}</style><p class='para'>",
        "<style>.menu-open .para{display:none}</style><p class='para'>",
        "<p class='long-form'>",
        "<p class='text no-share'>",
    ],
)
def test_a_class_that_only_sounds_like_clutter_hides_no_story(opening: str):
    page = "".join(f"{opening}{text}</p>" for text in (FIRST, SECOND, THIRD))
    assert told(f"<html><body><h1>Rocket waits for its day</h1>{page}") == (FIRST, SECOND, THIRD)


def test_a_date_in_digits_gives_way_to_the_date_that_the_page_declares():
    meta = "<meta property='article:published_time' content='2022-07-12'>"
    page = f"<html><head>{meta}</head><h1>Rocket waits for its day</h1><p>07/12/2022</p><p>{FIRST}</p><p>{SECOND}</p>"
    assert read_page(page).article.published == date(2022, 7, 12)


DATED = """
    12 July 2022, Tue 12 Jul 2022 20.14, 12.07.2022, 2022-07-12, 12. Juli 2022, 12 июля 2022, 12 de julio de 2022,
    le 12 juillet 2022, 12 luglio 2022, 12 lipca 2022, 12 de julho de 2022, July 12th 2022"""


@pytest.mark.parametrize("line", [*map(str.strip, DATED.split(",")), "July 12, 2022"])
def test_a_date_is_read_as_papers_write_it(line: str):
    text = f"Rocket waits for its day\n{line}\nUpdated 13 July 2022\n\n{FIRST}\n"
    assert read_page(text).article.published == find_date(line) == date(2022, 7, 12)


def test_a_one_line_string_is_a_path_if_it_names_one_and_a_long_one_is_text(tmp_path: Path):
    saved = tmp_path / "gazette.html"
    saved.write_text(SAVED, encoding="utf-8")
    assert read_page(str(saved)).article.id == "gazette"
    with pytest.raises(BadInput, match=r"there is no file nowhere\.html"):
        read_page("nowhere.html")
    with pytest.raises(BadInput, match="cannot be read"):
        read_page(tmp_path / ("a" * 300 + ".html"))
    assert told(f"{FIRST} {SECOND} {THIRD} {FIRST}")


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
    "capitals above the date": f"Rocket waits for its day\n{'A' * 200}!\n12 July 2022\n\n{FIRST}\n",
    "braces": f"<style>{'@media a{' * 50_000}{'.a ' * 50_000}{'/*' * 50_000}</style><p>{FIRST}",
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
    root = PRACTICE.parent.parent
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "False"
