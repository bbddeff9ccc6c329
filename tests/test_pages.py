"""The article among the clutter: what is the story, what is not, and why."""

import html
import json
import re
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest

from toolkit.blocks import Block
from toolkit.clutter import REASONS, reason_for
from toolkit.files import BadInput, course_folder
from toolkit.mending import plain
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
    assert article.note == "Mended: 1 drop cap joined."


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


def set_in_lines(text, width):
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


SET_IN_LINES = {
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


@pytest.mark.parametrize("name", SET_IN_LINES)
@pytest.mark.parametrize("width", [38, 42, 47, 53])
def test_a_word_that_a_line_broke_is_made_whole_and_a_hyphen_of_its_own_stays(name: str, width: int):
    text = " ".join(SET_IN_LINES[name].split())
    page = read_page(set_in_lines(text, width) + "\n")
    assert page.article.text == text.replace("|", "")
    assert page.mends["hard line break"] == set_in_lines(text, width).count("\n")


@pytest.mark.parametrize("width", range(40, 78, 3))
def test_lines_that_break_no_words_keep_every_hyphen(width: int):
    text = (
        "The inn at the end of the quay opens in winter, when the ferries have stopped and the well-informed visitor "
        "has the harbour to himself. Its landlady serves one dish a day, and nobody has ever asked her for a second. "
        "There is a room under the roof with a table, a lamp and a view of the slipway, where the half-timbered boats "
        "wait under canvas for the spring. In the evening the fishermen come in, sit down by the stove and talk about "
        "the weather of other years. They say that it was colder then, and they may be right, for the church keeps a "
        "record. Whoever stays for a week-long holiday leaves with a red face and a low opinion of the town. The bus "
        "goes twice a day, once in the dark, and the driver will wait if he is told.\n"
    )
    assert read_page(textwrap.fill(text, width) + "\n").article.text == text.strip()


MENDS = {
    "soft hyphens": ("space\u00adcraft, launch\u00ader", "spacecraft, launcher", {"soft hyphen": 2}),
    "a soft hyphen at the end of a line": (
        "a long way by space\u00ad\ncraft", "a long way by spacecraft", {"soft hyphen": 1, "hard line break": 1},
    ),
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
    for page in (
        read_page(f"{FIRST} Here is {torn}.\n\n{SECOND}\n\n{THIRD}\n"),
        read_page(f"<html><body><h1>Rocket</h1><p>{FIRST} Here is {torn}.</p><p>{SECOND}</p></body></html>"),
    ):
        wanted = mends if page.dropped == () else {k: n for k, n in mends.items() if k != "hard line break"}
        assert f"Here is {whole}." in page.article.text.replace("space craft", "spacecraft")
        assert page.mends == wanted


def test_mends_are_told_in_words_wherever_a_page_is_shown():
    page = read_page(f"T\n{FIRST[1:]} Itâ€™s 2\u00a0m and 5\u00a0m long; itâ€™s red.\n\n{SECOND}\n")
    assert page.mends == {"no-break space": 2, "mojibake: 'â€™' -> '’'": 2, "drop cap": 1}
    for told in ("1 drop cap joined", "2 no-break spaces made plain", "mojibake: 'â€™' -> '’', 2 times"):
        assert told in repr(page)
        assert told in html.unescape(page._repr_html_())
    assert read_page(SAVED).mends == {"torn paragraph": 1}
    assert read_page(f"{FIRST}\n\n{SECOND}\n").article.note == ""


@pytest.mark.parametrize(
    "line",
    ["SÃO PAULO, AMANHÃ”, NÃO, “IRMÔ", "Il l’a fermé…», dit-elle", "„JÄ“ and „HÖ“, CAFÉ», 5 Å–10 Å", "ÎLE… Âge, Ð"],
)
def test_letters_that_look_like_mojibake_are_left_alone(line: str):
    assert plain(line) == (line, ())


@pytest.mark.parametrize(
    ("opening", "told"),
    [
        ("T he agency said", "The agency said"),
        ("TThe agency said", "The agency said"),
        ("ARussian agency said", "A Russian agency said"),
        ("A rocket said", "A rocket said"),
        ("“T he agency said", "“The agency said"),
    ],
)
def test_a_drop_cap_finds_its_word(opening: str, told: str):
    page = read_page(f"{opening} on Friday that it would fly. The Russian rocket waits.\n\n{SECOND}\n\n{THIRD}\n")
    assert page.article.text.startswith(told)
    assert page.mends == ({} if told == opening else {"drop cap": 1})


def test_list_items_with_paragraphs_inside_belong_to_the_story():
    items = ["a new landing platform", "a new rocket to leave the Earth"]
    listed = "".join(f"<li><p>{item}</p></li>" for item in [*items, THIRD])
    page = f"""<html><body><h1>Rocket waits for its day</h1><ul><li><p><a href="/1">Space news</a></p></li></ul>
        <p>{FIRST}</p><p>The agency must find:</p><ul>{listed}</ul><p>{SECOND}</p></body></html>"""
    assert read_page(page).article.paragraphs == (FIRST, "The agency must find:", *items, THIRD, SECOND)


LAYOUTS = {
    "one box per paragraph, a list of links, a subheading, a bullet list and signed pictures": (
        f"""<html><body><h1>Rocket waits for its day</h1><div><p>{FIRST}</p></div>
        <figure><p>Image source, © ESA</p></figure>
        <div><ul><li><a href="/1">The cat that flew to the Moon</a></li></ul></div>
        <div><p>Who was the first on the pad?</p></div><h2>What happens now?</h2><div><p>The agency must find:</p><ul>
        <li>a new landing platform</li><li>a new rocket to leave the Earth</li></ul></div><div>© 2022 ESA</div>
        <div><p>{SECOND}</p></div><div><p>{THIRD}</p></div><h2>Top stories</h2>
        <p>Watch the latest from Paris.</p></body></html>""",
        (FIRST, "Who was the first on the pad?", "The agency must find:", "a new landing platform",
         "a new rocket to leave the Earth", SECOND, THIRD),
    ),
    "German quotation marks, an advertisement and a box of teasers": (
        """<html lang="de"><body><h2>Die Rakete wartet</h2><div>Von Christoph Muster</div><time>12. Juli 2022</time>
        <div><p>Die Esa hat ihre Zusammenarbeit mit Russland beim Rover endgültig beendet.</p><p>„Die Umstände bestehen
        fort.“</p><p>»Ich gebe den Befehl, die Arbeit einzustellen.«</p></div><div>Anzeige</div>
        <section><h3>Mehr zum Thema</h3>
        <a href="/m">Streit im All: Wem gehört die Station?</a></section><div><h3>Kein Start</h3><p>Ein Start vor 2028
        ist nach Angaben des Projekts nicht wahrscheinlich.</p></div></body></html>""",
        ("Die Esa hat ihre Zusammenarbeit mit Russland beim Rover endgültig beendet.", "„Die Umstände bestehen fort.“",
         "»Ich gebe den Befehl, die Arbeit einzustellen.«",
         "Ein Start vor 2028 ist nach Angaben des Projekts nicht wahrscheinlich."),
    ),
    "a table with line breaks, and sentences that open like notes": (
        f"""<table><tr><td><a href="/">HOME</a> | <a href="/m">MARS</a> | <a href="/r">ROCKETS</a></td></tr><tr><td>
        <b>Rocket Waits For Its Day</b><br>by Staff Writers<br>Paris Jul 13, 2022<br><br>{FIRST}<br><br>{SECOND}<br><br>
        9.30 a.m. in Moscow was the hour at which the news arrived.
        <div>Correction manoeuvres will go on as planned.</div>
        </td></tr></table>""",
        (FIRST, SECOND, "9.30 a.m. in Moscow was the hour at which the news arrived.",
         "Correction manoeuvres will go on as planned."),
    ),
    "a script without spaces": (
        "<html><body><h1>火星合作终止</h1><p>2022-07-13 09:12</p><p>欧洲航天局宣布终止合作。</p>"
        "<p>火星车原定于今年发射升空。</p>",
        ("欧洲航天局宣布终止合作。", "火星车原定于今年发射升空。"),
    ),
    "pasted French, a speaker before a colon": (
        "La fusée attend son jour\nPar Claire Exemple\nPublié le 13 juillet 2022 à 10h12, modifié le 14 juillet\n\n"
        "L’Agence a mis fin, mardi, à sa coopération avec la Russie.\n\n"
        "Article réservé à nos abonnés Lire aussi : La guerre\n\n"
        "Le patron a aussitôt répliqué :\n\n« J’ordonne de cesser tout travail. »\n\nServices\nDécouvrir\n",
        ("L’Agence a mis fin, mardi, à sa coopération avec la Russie.", "Le patron a aussitôt répliqué :",
         "« J’ordonne de cesser tout travail. »"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_other_layouts_keep_their_whole_story(name: str):
    source, story = LAYOUTS[name]
    assert read_page(source).article.paragraphs == story


FRESH = {
    "regional paper: facts box, table, links between, biography, readers": """\
<!doctype html><html lang="en-GB"><head><title>Why the harbour lost its crane | Tide Times</title></head><body>
<div class="cmp"><p>We value your privacy. We and our partners use cookies to show you things. You can change your \
mind at any time.</p>
<button>Agree</button><button>Manage options</button></div><div class="top"><a href="/">Tide Times</a><ul><li><a \
href="/n">News</a></li>
<li><a href="/s">Sport</a></li><li><a href="/o">Obituaries</a></li></ul></div><div class="crumbs"><a \
href="/">Home</a> &gt; <a href="/n">News</a></div>
<div class="story"><h1>Why the harbour lost its crane</h1><p class="intro">A vote, a bolt and a bill nobody \
read</p><span>By Joan Petrie</span> <span>@joanpetrie</span>
<div>9th June 2025, 6:00 am</div><div class="share"><a href="#">Facebook</a><a href="#">Copy link</a></div><img \
alt="x"><p class="cap">The crane in 1974. Picture: Petrie family</p>
<div class="content"><p>§The harbour at Eyrehaven will lose its last crane on Friday, <a href="/c">the council has \
decided</a>.¶</p>
<p>§Nobody spoke against it.¶</p><p>§“Why?” asked the harbour master.¶</p><div class="keyfacts"><h3>Key \
facts</h3><ul><li>Built in 1931</li><li>Lifts 40 tonnes</li>
<li>Last used in 2019</li></ul></div><p>§The bolt that holds the arm was found to be cracked in March, and the firm \
that made it closed in 1988.¶</p>
<div class="rel"><p><b>READ MORE:</b> <a href="/1">Ferry fares to rise again in the autumn</a></p><p><a \
href="/2">Seals return to the slipway after forty years.</a></p></div>
<p>§What it cost the town over the years can be seen here:¶</p><table><tr><th>Year</th><th>Repairs</th><th>Days in \
use</th></tr><tr><td>2016</td><td>£12,000</td><td>41</td></tr>
<tr><td>2017</td><td>£19,000</td><td>22</td></tr><tr><td>2018</td><td>£31,000</td><td>9</td></tr><tr><td>2019</td><td>£44,000</td><td>1</td></tr></table>
<p>§“Not again.”¶</p><p>§That was all Councillor Rhona Birse said when the bill for 2019 was read out to her, and \
the meeting moved on to the public toilets.¶</p>
<div class="signup"><h4>The Tide Table</h4><p>Our weekly letter from the quay, free in your \
inbox.</p><form><label>Email address</label><button>Join</button></form></div>
<p>§She was asked to sign up for the working group on the crane, and she refused.¶</p><p>§It goes on \
Friday.¶</p></div>
<div class="poll"><p>Should the crane have stayed?</p><ul><li>Yes</li><li>No</li><li>I never saw it</li></ul></div>
<div class="bio"><p>Joan Petrie has covered the harbour for the Tide Times since 2003. She keeps bees.</p></div>
<div class="tags"><a href="/t1">Eyrehaven</a><a href="/t2">Harbour</a></div></div>
<div class="comments-area"><h3>Comments: 2</h3><p>dockhand52</p><p>My grandfather drove that crane and he would be \
ashamed of the lot of them.</p><p>Report</p><p>Nessie</p><p>Good riddance. It spoiled the \
view.</p><p>Report</p></div>
<div class="more"><h3>Most read</h3><p><a href="/4">Bakery closes after a century of rolls</a></p><p><a \
href="/5">The dog that takes the bus</a></p></div>
<footer><p>Tide Times is a trading name of Quay Media Ltd, registered in Scotland.</p><p>© 2025 Quay \
Media</p></footer></body></html>""",
    "magazine feature: a glued capital, an interview, notes, a membership box": """\
<html lang="en"><head><title>The woman who counts snow - Longitude</title><meta property="og:site_name" \
content="Longitude"></head><body>
<header><a href="/">Longitude</a> <a href="/sub">Subscribe now</a> <a href="/in">Sign \
in</a></header><main><article><header><p class="kicker">Field notes</p>
<h1>The woman who counts snow</h1><p class="dek">In a valley without a road, one observer has written down every \
winter since 1979.</p><p>Story by Ilse Harmon</p><p>Photographs by Pavel Anker</p><time>November 2, \
2024</time></header>
<section><p>§<span class="cap">M</span>arta Voll gets up at five.¶</p><p>§She puts on two coats.¶</p><p>§Then she \
walks, with a lamp in one hand and a rule in the other, to a wooden post behind the goat shed, and reads a number \
that nobody but her and eleven machines in Oslo will look at today.¶</p>
<figure><img><figcaption>Voll at the post last January. Pavel Anker for Longitude</figcaption></figure><p>§I asked \
her what we should learn from it.¶</p><p>§“You?” she said. “Patience.”¶</p>
<aside class="pq"><p>“A number that nobody but her and eleven machines in Oslo will look at”</p></aside><h2>A book \
for every winter</h2>
<p>§On the shelf in her kitchen stand forty-five ledgers. They hold:¶</p><ul><li>§the depth of the snow at six and \
at eighteen hours¶</li><li>§the weather in three words¶</li><li>§visitors, if any¶</li></ul>
<p>§The institute pays her for the first of these. It has never asked for the others, although a member of its \
staff once offered to support her with a gift of a computer, which she gave to the school.¶</p>
<div class="box-member"><h3>Longitude has no advertisers</h3><p>If stories like this one matter to you, become a \
member today. Your gift pays for the next one.</p><a href="/give">Give now</a></div>
<p><strong>§When did you last miss a morning?¶</strong></p><p>§In 1986. I had a child that day.¶</p><p><strong>§And \
the post?¶</strong></p><p>§My mother read it. She wrote “a girl” under visitors.¶</p>
<p>§The series has one flaw, a climatologist in Bergen told me: it is too good —¶</p><p>§So good that the machines \
beside the post were at first thought to be broken.[1]¶</p></section>
<section class="notes"><ol><li>See K. Lund, “Manual and automatic series in the north”, Journal of Snow 12 (2011), \
p. 40.</li></ol></section>
<div><p>Ilse Harmon is a writer in Tromsø. Her last piece for Longitude was about foghorns.</p></div><p>This \
article appears in the December 2024 print edition.</p></article>
<section><h2>Keep reading</h2><article><a href="/a"><h3>The last lighthouse</h3></a><p>He was told to turn it off. \
He did not.</p></article><article><a href="/b"><h3>Herring, again</h3></a><p>A fish returns, and with it an old \
quarrel between two towns.</p></article></section></main></body></html>""",
    "hashed class names: a logo as h1, a wall, players, credits": """\
<!doctype html><html lang="en-US"><head><title>Tunnel Vision</title><script \
type="application/ld+json">{"@type":"NewsArticle","headline":"City pauses tunnel under the \
river","datePublished":"2025-02-18T09:00:00Z"}</script></head><body><div id="r"><div class="css-1q"><h1>The Wharf \
Dispatch</h1><div class="css-2">SUBSCRIBE FOR $1/WEEK</div><div class="css-2">LOG IN</div></div>
<div class="css-3"><div class="css-4">Advertisement</div><a href="#after">SKIP ADVERTISEMENT</a></div><div \
class="css-5"><div class="css-6">City pauses tunnel under the river</div><div class="css-7">Engineers found water \
where the maps show clay.</div>
<div class="css-8"><div>Listen to this article · 4:12 min</div><div>Learn more</div></div><div class="css-9">By \
Dolores Fenn and Abe Kurtz</div><div class="css-9">Dolores Fenn reported from the shaft, and Abe Kurtz from City \
Hall.</div><div class="css-9">Feb. 18, 2025</div>
<div class="css-a"><p class="css-p">§The city has stopped work on the tunnel that was to carry a second subway line \
under the river, after water broke into the main shaft on Sunday night.¶</p><p class="css-p">§Two workers were \
hurt, neither of them badly.¶</p>
<div class="css-i"><div class="css-k">Image</div><div class="css-k">A pump at the mouth of the shaft on \
Monday.</div><div class="css-k">Credit...Lou Marchetti for The Wharf Dispatch</div></div>
<p class="css-p">§“We pay for clay and we get a lake,” said Mayor Anita Brandt. “Please don’t ask me to like \
it.”¶</p><p class="css-p">§The contractor, Bore & Sons, said in an email that readers of its newsletter had been \
told of the risk in the fall.¶</p>
<div class="css-n"><div>Sign up for The Gangway</div><div>What happened on the waterfront, every Friday. Get it \
sent to your inbox.</div></div><p class="css-p">§That is true.¶</p><p class="css-p">§The risk was in the ninth \
paragraph, below a recipe for chowder, and the mayor does not subscribe.¶</p>
<div class="css-4">Advertisement</div><div class="css-v"><div>Video</div><div>00:00 / 01:24</div><div>Water rushes \
into the shaft as the night shift leaves.</div></div><p class="css-p">§Until the pumps have done their work, the \
drill, which is called Ethel, stays where she is: 90 feet below the ferry terminal.¶</p>
<p class="css-p">§Riders will have to wait.¶</p><p class="css-p">§They are used to it.¶</p></div><div \
class="css-e">Nora Tide contributed research.</div><div class="css-e">A version of this article appears in print on \
Feb. 19, 2025, Section A, Page 3 of the New York edition with the headline: Lake Found in Clay. Order Reprints | \
Today’s Paper</div>
<div class="css-w"><div>Thank you for reading The Wharf Dispatch.</div><div>To keep reading, create a free account \
or log in.</div><div>You have read your last free article this month.</div></div></div>
<div class="css-r"><div>Related Content</div><div>A ferry captain retires, and takes the whistle with \
him</div><div>She has crossed the river 61,000 times. She has never once been to the other side.</div></div><div \
class="css-f">© 2025 The Wharf Dispatch Company</div><div class="css-f">NYTCo</div><div class="css-f">Contact \
Us</div></div></body></html>""",
    "pasted broadsheet: a question for a headline, a wall, letters": """\
Skip to main content
The Meridian
News  Opinion  Sport  Culture  Lifestyle

Opinion
Who should own the night sky?
Ten thousand satellites later, the law still looks the other way
Philippa Garrow
Sat 5 Apr 2025 08.00 BST
Share
Prefer the Meridian on Google

§You can see them best in June.¶

§Go out an hour after sunset, look west, and count. My daughter, who is nine, gave up at forty.¶

§We used to argue about who owned the Moon. Nobody argued about the dark, because we thought that it belonged to \
us.¶

Sign up to Star Gazing
Free weekly newsletter
The best of our science writing, delivered each Thursday
Enter your email
Sign up
Privacy Notice: Newsletters may contain information about charities, online ads, and content funded by outside \
parties. For more information see our Privacy Policy.
after newsletter promotion

§The treaty of 1967 says that no state may claim the heavens. It says nothing of companies, and companies have \
noticed:¶
§• one firm runs two thirds of everything that flies¶
§• three others have asked for leave to send up more than it has¶
§• no regulator has ever said no¶

§Does it matter?¶

§Ask an astronomer. Ask, for that matter, a moth. We should help the regulators to join the fight, and we should \
pay for telescopes where you cannot see a town.¶

§I do not expect it.¶

Philippa Garrow is the author of The Crowded Dark
Do you have an opinion on the issues raised in this article? If you would like to submit a response of up to 300 \
words by email to be considered for publication in our letters section, please click here.

I hope you appreciated this article.
Before you move on, I wanted to ask whether you could support the Meridian’s journalism as we begin to cover the \
second half of the year.
If you can, please consider supporting us from just £1.
Support £5/monthly
Support £15/monthly
Once only
Continue
Remind me in July

Explore more on these topics
Space
Opinion
Satellites
Reuse this content

More from Opinion
The trouble with moths
Ada Brome
They do not vote, and they do not sue. It is time that somebody did it for them.
12h ago
1,204

Most viewed
""",
    "pasted live page: times, subheadings, a summary, readers invited": """\
Home
News
Live

LIVE
Storm Agnes: ferries cancelled and bridge closed - as it happened
Rolling updates from the islands through the night
Last updated
21.40
Hamish Orr (now) and Lucy Tan (earlier)
Thu 23 Oct 2025 21.40 BST

Key events
21.12 Bridge closed to all traffic
19.30 Last ferry leaves

21.40
Goodnight from the quay
§That is all from us tonight. The wind is dropping, and the first ferry is planned for ten in the morning.¶

21.12
§The bridge is now shut to lorries, cars and people on foot, the police say.¶
§“Do not try to cross it,” Inspector Mairi Gow told us. “You will not get over, and we will not come for you.”¶
Share
Updated at 21.15 BST

20.05
Power cut in the west
§About 900 homes are without electricity.¶
§Engineers are on their way, but the road is under water at Skell, and nobody will say when it will be open again.¶
A tree across the road at Skell. Photograph: Jo Munro/The Islander

Are you affected?
Send us your pictures and stories. You can reach us at live@islander.example.

19:30
§The last ferry has gone.¶

18:58 BST
§Shops in the harbour are closing early. The baker is giving away what is left.¶

17:15
Good evening
§Welcome to our live coverage of Storm Agnes, which will reach the islands at about eight tonight.¶

Load more posts

Explore more on these topics
Weather
Ferries
""",
    "pasted PDF: a narrow column, notes, running heads": """%SET
PROCEEDINGS OF THE TIDAL SOCIETY          Volume 31, Number 2          Spring 2023


What the moon does to a harbour

By Gregor Haldane

§The first thing that a vis|i|tor to the old gauge house will no|tice is the smell, and the sec|ond is the pen. It \
has been draw|ing the same curve since 1889, twice a day, on pa|per that is changed by hand, and the sta|tion’s \
keep|er, Miss Or|la Finch, is the sixth per|son to change it. She was asked in 2009 to give up the pa|per for a \
pres|sure sen|sor and a long-distance line, and she has been think|ing it over ev|er since.1¶

§The curve is not quite the moon’s. A har|bour an|swers a tide as a bell an|swers a ham|mer, in its own voice, and \
the voice of this one has been made deep|er by a cen|tu|ry of dredg|ing. Finch keeps a sec|ond pen, blue, for what \
the al|ma|nac had prom|ised; the gap be|tween the two is the sub|ject of this ar|ti|cle, and of a twen|ty-year \
quar|rel with the port au|thor|i|ty.¶

1 O. Finch, letter to the author, 3 May 2022.

                              41
\f
42                    PROCEEDINGS OF THE TIDAL SOCIETY

§No gauge can tell by it|self wheth|er the sea has ris|en or the land has gone down. Hers stands on rock, or so the \
found|ers be|lieved, and a well-known sur|vey of 1921 agreed with them. In 2014 a sat|el|lite did not.2¶

§“Then the sat|el|lite will have to be moved,” Finch says. She is jok|ing, I think. The long-distance line was \
con|nect|ed last spring. It car|ries both curves, and the sta|tion keeps the pa|per.¶

2 See Annual Report of the Port Authority (2015), pp. 12-14.
3 Ibid.

Gregor Haldane is a reader in oceanography at the University of Leith.

© 2023 The Tidal Society. This copy is for personal use only.
""",
}  # fmt: skip
"""Whole pages, unlike those that the rules were made on; a paragraph of the story stands in `§` and `¶`.

In a page that begins with %SET, lines with a `|` in them are set in a narrow column.
"""


def page_and_story(marked: str) -> tuple[str, list[str]]:
    story = [" ".join(re.sub("<[^>]+>", "", text).split()) for text in re.findall("§([^¶]*)¶", marked)]
    source = re.sub("[§¶]", "", marked)
    if source.startswith("%SET"):
        story = [text.replace("|", "") for text in story]
        source = re.sub(r"(?m)^.*\|.*$", lambda line: set_in_lines(line[0], 52), source[5:])
    return source, story


@pytest.mark.parametrize("name", FRESH)
def test_fresh_pages_are_read_whole_and_clean(name: str):
    source, story = page_and_story(FRESH[name])
    assert read_page(source).article.paragraphs == tuple(story)


@pytest.mark.parametrize(
    "sentence",
    [
        "The astronauts asked us for cookies, and we sent cookies.",
        "He told us to read his newsletter before we print.",
        "Starlink says subscribers can keep their dish, and we tested yours.",
        "Read more quietly, he told the pupils.",
        "We should help our farmers and pay them, and you should join us.",
        "“Not yet.”",
        "Why?",
        "He left.",
        "There was one thing that they all forgot on that Monday —",
    ],
)
def test_a_sentence_between_two_paragraphs_is_the_story_whatever_word_is_in_it(sentence: str):
    page = f"<h1>Rocket waits for its day</h1><p>{FIRST}</p><p>{sentence}</p><p>{SECOND}</p>"
    assert read_page(page).article.paragraphs == (FIRST, sentence, SECOND)
    assert read_page(f"{FIRST}\n\n{sentence}\n\n{SECOND}\n").article.paragraphs == (FIRST, sentence, SECOND)


def test_a_table_or_a_list_in_the_story_does_not_end_it():
    table = "<tr><td>Year</td><td>Cost</td></tr>" * 6
    page = f"<h1>Rocket waits</h1><p>{FIRST}</p><table>{table}</table><ul><li>five pads</ul><p>{SECOND}</p><p>{THIRD}"
    assert read_page(page).article.paragraphs == (FIRST, "five pads", SECOND, THIRD)


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
    assert read_page(f"<html><body><h1>Rocket waits for its day</h1>{page}").article.paragraphs == (
        FIRST,
        SECOND,
        THIRD,
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "1.35 billion euros have been spent so far on the rover.",
        "12:30 Moscow time was the moment when the rocket rose.",
        "Correction of the orbit took two hours.",
        "Clarification came on Friday from the council.",
        "You pay for the support of a station that you cannot join.",
        "The letters that the astronauts sent to the editor were read.",
    ],
)
def test_a_sentence_of_the_story_is_no_note_and_no_appeal(sentence: str):
    assert reason_for(Block(sentence)) == ""


def test_a_date_in_digits_gives_way_to_the_date_that_the_page_declares():
    meta = "<meta property='article:published_time' content='2022-07-12'>"
    page = f"<html><head>{meta}</head><h1>Rocket waits for its day</h1><p>07/12/2022</p><p>{FIRST}</p><p>{SECOND}</p>"
    assert read_page(page).article.published == date(2022, 7, 12)


def test_accents_are_composed_and_a_long_line_is_text_and_not_a_path(tmp_path: Path):
    assert read_page(f"{FIRST} Cafe\u0301s were shut.").article.text.endswith("Cafés were shut.")
    assert read_page(f"{FIRST} {SECOND} {THIRD} {FIRST}").article.paragraphs
    with pytest.raises(BadInput, match="cannot be read"):
        read_page(tmp_path / ("a" * 300 + ".html"))


@pytest.mark.parametrize(
    "line",
    [
        "12 July 2022",
        "Tue 12 Jul 2022 20.14",
        "12.07.2022",
        "2022-07-12",
        "July 12, 2022",
        "12. Juli 2022",
        "12 июля 2022",
        "12 de julio de 2022",
        "le 12 juillet 2022",
        "12 luglio 2022",
        "12 lipca 2022",
        "12 de julho de 2022",
    ],
)
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
    assert found / wanted >= 0.98
    assert found / given >= 0.98
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
    done = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True, cwd=PAGES.parent.parent
    )
    assert done.stdout.strip() == "False"
