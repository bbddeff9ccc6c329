"""Your own coverage: what is collected, what is skipped and why, what is nearly the same, and a run that goes on."""

import gzip
import json
import os
import threading
import time
from contextlib import suppress
from datetime import date
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from toolkit.article import Article
from toolkit.collecting import collect, near_duplicates, sources
from toolkit.collecting import fetching as net
from toolkit.collecting.duplicates import progress
from toolkit.files import MAX_BYTES, BadInput, course_folder

STORY = "It flew on Monday, and it came back on Friday. The council had hoped for nothing else."
PAGE = f'<html lang="en"><title>A rocket at last | The Gazette</title><h1>A rocket at last</h1><p>{STORY}</p></html>'
GDELT = {"url": "https://example.org/1", "title": "A rover waits", "seendate": "20220712T143000Z", "socialimage": "",
         "domain": "example.org", "language": "German", "sourcecountry": "Germany"}  # fmt: skip
MEDIA_CLOUD = """id,indexed_date,language,media_name,media_url,publish_date,title,url
ab12,2022-07-13 08:00:00,en,The Gazette,gazette.example,2022-07-12,A rover waits,https://gazette.example/1
"""
RSS = """<?xml version="1.0" encoding="windows-1251"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Газета</title><language>ru-RU</language><item>
<title>Ракета ждёт</title><media:title>a picture</media:title><link>https://example.org/r</link><guid>7</guid>
<pubDate>Tue, 12 Jul 2022 23:30:00 +0000</pubDate><description>Коротко.</description>
<content:encoded><![CDATA[<p>Ракета ждёт.</p><p>Совет тоже.<script>x()</script></p>]]></content:encoded></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Gazette</title><entry><title>One</title>
<link rel="self" href="https://example.org/self"/><link href="https://example.org/one"/><updated>2022-07-12T08:00:00Z</updated>
<author><name>Ann Lee</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First.</p><p>Second.</p>
</div></content></entry></feed>"""


@pytest.fixture
def put(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_pasted_text_becomes_one_article_that_says_when_it_was_collected():
    [article] = collect(f"A rocket at last\nBy Ann Lee\n2 May 2022\n\n{STORY}")
    assert (article.author, article.published, article.text) == ("Ann Lee", date(2022, 5, 2), STORY)
    left = "Left out of its page: 2 byline or date, 1 headline."
    assert article.note == f"{left} Collected on {date.today()} from pasted text."


def test_a_folder_is_read_with_its_subfolders_in_order_and_all_that_is_skipped_is_told(put, tmp_path):
    put("b.txt", f"Pasted\n\n{STORY} Also.\n")
    put("a/page.html", PAGE)
    put("c/page.html", PAGE.replace("Monday", "Tuesday"))
    put("c/page_files/advert.html", PAGE)
    put("bomb.zip", b"PK\3\4" * 99)
    put("photo.html", bytes(range(256)) * 9)
    put(".hidden.txt", STORY)
    (tmp_path / "link.html").symlink_to(course_folder("datasets") / "pages" / "apogee-ledger.html")
    (tmp_path / "away").symlink_to(course_folder("datasets") / "pages")
    os.mkfifo(tmp_path / "pipe.txt")
    found = collect(tmp_path)
    told = dict(found.skipped)
    assert [article.id for article in found] == ["b", "page", "page-2"]
    assert told.keys() == {".hidden.txt", "away", "bomb.zip", "c/page_files", "link.html", "photo.html", "pipe.txt"}
    assert "files ending in .zip are not read" in told["bomb.zip"] and "is not text" in told["photo.html"]
    assert told["away"] == told["link.html"] == "is hidden or a link"


def test_the_front_matter_of_a_desk_article_is_read(desk):
    [article] = collect(path := course_folder("datasets") / "desk" / "articles" / "2022-07-12-wire.md")
    assert (article.id, article.text, article.published) == (path.stem, desk[path.stem].text, desk[path.stem].published)


def test_an_export_of_gdelt_gives_facts_without_text_and_shows_its_columns(put):
    found = collect(put("gdelt.json", json.dumps({"articles": [GDELT]})))
    [article] = found
    facts = article.title, article.outlet, article.language, article.published, article.url
    assert facts == ("A rover waits", "example.org", "de", date(2022, 7, 12), "https://example.org/1")
    assert article.text == "" and article.note.startswith("No text: ")
    assert found.columns["gdelt.json"]["seendate"] == "published" and found.columns["gdelt.json"]["socialimage"] == ""
    assert "without text: 1" in repr(found) and "seendate | published" in str(found)


@pytest.mark.parametrize("name, mark", [("mc.csv", ","), ("mc.tsv", "\t"), ("mc.csv", ";")])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_an_export_of_media_cloud_is_read_whatever_parts_its_columns(put, name, mark, encoding):
    [article] = collect(put(name, MEDIA_CLOUD.replace(",", mark).replace("waits", "waits – é").encode(encoding)))
    assert (article.id, article.outlet, article.published) == ("ab12", "The Gazette", date(2022, 7, 12))
    assert article.title == "A rover waits – é"


def test_a_row_that_cannot_be_trusted_is_skipped_with_its_number(put):
    one, long = 'One,"First, and\nsecond line.",07/12/2022', f"Three,{'x' * 200_000},"
    found = collect(put("rows.csv", "\n".join(["title,text,date", one, "Two,a,b,c", ",,2022", long, "Four,fine\0,"])))
    assert [(a.title, a.text) for a in found] == [("One", "First, and\nsecond line."), ("Four", "fine")]
    assert "'07/12/2022' was read as day before month" in found[0].note
    assert [item.source for item in found.skipped] == ["rows.csv, row 3", "rows.csv, row 4", "rows.csv, row 5"]


def test_a_column_can_be_named_by_hand(put):
    path = put("t.csv", "Tag;Volltext\n12.07.2022;Es flog.")
    with pytest.raises(BadInput, match=r"no column holds a text.*found 'Tag', 'Volltext'; name one text.*columns="):
        collect(path)
    assert collect(path, columns={"text": "Volltext", "date": "Tag"})[0].published == date(2022, 7, 12)
    [article] = collect(path, columns={"text": "Volltext", "published": "Tag"})
    assert (article.text, article.published) == ("Es flog.", date(2022, 7, 12))
    with pytest.raises(BadInput, match="there is no column 'Text'; found 'Tag', 'Volltext'"):
        collect(path, columns={"text": "Text"})
    with pytest.raises(ValueError, match="field='txt' is not one of .* did you mean 'text'"):
        collect(path, columns={"txt": "Volltext"})


@pytest.mark.parametrize(
    "header",
    ["Titel;Medium;Datum;Text;Sprache", "Заголовок;Издание;Дата;Текст;Язык", "titre;journal;date;texte;langue"],
)
def test_german_russian_and_french_columns_are_recognised(put, header):
    [article] = collect(put("t.csv", f"{header}\nMars;Die Welt;12.07.2022;Es flog.;German"))
    assert (article.title, article.outlet, article.text, article.language) == ("Mars", "Die Welt", "Es flog.", "de")
    assert article.published == date(2022, 7, 12)


def test_the_items_of_a_feed_keep_text_date_author_and_address(put):
    [one] = collect(put("feed.xml", RSS.encode("cp1251")))
    assert (one.title, one.text, one.language) == ("Ракета ждёт", "Ракета ждёт.\n\nСовет тоже.", "ru")
    assert (one.outlet, one.published, one.url) == ("Газета", date(2022, 7, 12), "https://example.org/r")
    [two] = collect(put("feed.atom", ATOM))
    assert (two.text, two.author, two.url) == ("First.\n\nSecond.", "Ann Lee", "https://example.org/one")


ENTITIES = '<!DOCTYPE a [<!ENTITY b "bbb"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("bomb.xml", f"{ENTITIES}<rss><item><title>&b;&c;</title></item></rss>", "defines entities"),
        ("utf16.xml", f"{ENTITIES}<rss><item><title>&b;</title></item></rss>".encode("utf-16"), "defines entities"),
        ("page.xml", "<html><p>x</p></html>", "neither an RSS nor an Atom feed"),
        ("deep.json", "[" * 200_000, "not an object of JSON"),
        ("list.json", "[1, [2], {}]", "not an object of JSON"),
        ("empty.csv", "", "is empty"),
        ("a.docx", "PK", "files ending in .docx are not read"),
        ("deep.md", "---\n" + "[" * 9000 + "\n---\n", "neither text nor title"),
    ],
)
def test_hostile_and_useless_files_are_refused_in_one_sentence(put, name, content, said):
    with pytest.raises(BadInput, match=said) as caught:
        collect(put(name, content))
    assert len(str(caught.value)) < 600


def test_what_is_not_there_says_what_to_give(tmp_path):
    missing = dict.fromkeys(
        ["no such place", tmp_path / "no.csv", "Ж" * 299], "there is no file or folder|cannot be read"
    )
    for source, said in {**missing, tmp_path: "no file to read", 3: "not int"}.items():
        with pytest.raises(BadInput, match=said):
            collect(source)


def test_nearly_the_same_articles_are_shown_and_none_is_dropped(desk):
    wire = desk["2022-07-12-wire"]
    edited = wire.text.replace("July", "the summer").replace("said", "stated")
    pairs = near_duplicates([*desk, Article("copy", "", wire.text), Article("edited", "", edited), Article("", "", "")])
    alike = [(wire.id, "copy"), (wire.id, "edited"), ("copy", "edited")]
    assert {frozenset(pair[:2]) for pair in pairs} == set(map(frozenset, alike))
    assert pairs[0].similarity == 1 > pairs[1].similarity > 0.5
    crowd = [Article(str(n), "", f"{wire.text} {n}") for n in range(100)]
    assert len({name for pair in near_duplicates(crowd) for name in pair[:2]}) == 100


def test_a_progress_bar_is_shown_after_a_second_and_not_before(capsys):
    list(progress(range(9), "read"))
    assert capsys.readouterr().err == ""
    list(progress((time.sleep(0.4) for _ in range(4)), "read"))
    assert " read/s" in capsys.readouterr().err


def test_a_run_stopped_half_way_goes_on_and_a_damaged_last_line_is_told(put, tmp_path, monkeypatch):
    for n in range(6):
        put(f"pages/{n}.txt", f"Title of page {n}\n\n{STORY} This is page number {n} of six.\n")
    store, read = tmp_path / "pages" / "mine.jsonl", []

    def stops(path, read_page=sources.read_page):
        read.append(path.stem)
        if len(read) == 4:
            raise KeyboardInterrupt
        return read_page(path)

    monkeypatch.setattr(sources, "read_page", stops)
    with pytest.raises(KeyboardInterrupt):
        collect(tmp_path / "pages", into=store)
    with store.open("r+b") as stream:
        stream.truncate(store.stat().st_size - 9)
    monkeypatch.chdir(tmp_path)
    found = collect("pages", into=store)
    assert "".join(read) == "01232345"
    assert "".join(article.id for article in found) == "012345" and found.already == 2
    assert found.skipped == (("mine.jsonl, line 3", "is not an object of JSON"),)
    assert collect(tmp_path / "pages", into=store).already == 6 and len(read) == 8
    assert [a.text for a in collect(store)] == [a.text for a in found]  # what was stored can be read as a source
    for wrong, said in [(put("x.jsonl", "{}"), "not written by collect"), (tmp_path / "x.csv", "does not end in")]:
        with pytest.raises(BadInput, match=said):
            collect(STORY + "\n", into=wrong)


def test_nothing_from_outside_becomes_markup(hostile, put):
    row = json.dumps({"title": hostile.title, "text": "a", hostile.title: 1})
    html = collect(put("x.jsonl", f"{row}\n<script>"))._repr_html_()
    assert "<script" not in html and "<img" not in html and "&lt;script&gt;" in html


RUSSIAN = "<html><h1>Ракета ждёт своего дня</h1><p>Совет сказал, что ракета ждёт на месте.</p>"
ANSWERS = {
    "/robots.txt": (200, "text/plain", b"User-agent: *\nDisallow: /secret"),
    "/page": (200, "text/html", PAGE.encode()),
    "/koi8": (200, "text/html; charset=koi8-r", RUSSIAN.encode("koi8-r")),
    "/feed": (200, "application/rss+xml", RSS.encode("cp1251")),
    "/image": (200, "image/png", b"PNG"),
    "/huge": (200, "text/html", b"x" * (MAX_BYTES + 1)),
    "/bomb": (200, "text/html", gzip.compress(b"x" * (MAX_BYTES + 1))),
    "/inside": (302, "http://169.254.169.254/latest", b""),
    "/file": (302, "file:///etc/passwd", b""),
    "/loop": (302, "/loop", b""),
    "/moved": (301, "/page", b""),
}


class Site(BaseHTTPRequestHandler):
    """A small web site: each path answers as its name says."""

    def do_GET(self):
        status, kind, body = ANSWERS.get(self.path, (404, "text/html", b"no"))
        self.server.seen.append(self.path)
        if self.path in ("/slow", "/headers"):
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX: 1\r\n" + b"\r\n" * (self.path == "/slow"))
            for _ in range(40):
                time.sleep(0.05)
                self.wfile.write(b"X: 1\r\n")
            return
        self.send_response(status)
        self.send_header("Location" if status in (301, 302) else "Content-Type", kind)
        self.send_header("Content-Encoding", "gzip" if self.path == "/bomb" else "identity")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle(self):
        with suppress(OSError):  # the visitor may have left
            super().handle()

    def log_message(self, *words):
        """Say nothing."""


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setattr(net, "PAUSE", 0.01)
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        server.seen = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        server.url = f"http://127.0.0.1:{server.server_port}"
        yield server
        server.shutdown()


def test_an_address_is_fetched_read_and_not_fetched_again(site, tmp_path):
    pages = [f"{site.url}/{name}" for name in ("moved", "koi8", "feed")]
    mine = partial(collect, pages, into=tmp_path / "mine.jsonl", allow_private=True)
    page, russian, item = mine()
    assert (page.title, page.text, page.url) == ("A rocket at last", STORY, f"{site.url}/page")
    assert russian.title == "Ракета ждёт своего дня" and item.title == "Ракета ждёт"
    assert site.seen == ["/robots.txt", "/moved", "/page", "/koi8", "/feed"]
    assert mine().already == 3 and site.seen[5:] == ["/robots.txt", "/feed"]


@pytest.mark.parametrize(
    "path, said",
    [
        ("/secret/page", "robots.txt.* not to read /secret/page; open it in a browser and save the page"),
        ("/nowhere", "answered 404 Not Found"),
        ("/image", "of the kind image/png"),
        ("/huge", "more than 20,000,000 bytes"),
        ("/bomb", "more than 20,000,000 bytes"),
        ("/file", "is no address that is read"),
        ("/loop", "leads on more than 5 times"),
        ("/slow", "took longer than 0.5 seconds"),
        ("/headers", "took longer than 0.5 seconds"),
    ],
)
def test_an_address_that_should_not_or_cannot_be_read_says_why(site, path, said, monkeypatch):
    if "slow" in path or "headers" in path:
        monkeypatch.setattr(net, "SECONDS", 0.5)
    with pytest.raises(BadInput, match=said):
        collect(f"{site.url}{path}", allow_private=True)


def test_an_address_inside_a_network_is_refused_before_it_is_asked(site, monkeypatch):
    with pytest.raises(BadInput, match=r"inside a private network \(127.0.0.1\).*allow_private=True"):
        collect(f"{site.url}/page")
    monkeypatch.setattr(net, "is_public", lambda address: address == "127.0.0.1")
    with pytest.raises(BadInput, match=r"169.254.169.254 is inside a private network"):
        collect(f"{site.url}/inside")
    assert "/page" not in site.seen


def test_a_name_that_changes_its_address_after_the_check_is_not_followed(site, monkeypatch):
    """The name is looked up once: what is connected to is the number that was checked."""
    asked, look_up = [], net.socket.getaddrinfo

    def rebinding(host, *rest, **options):
        asked.append(host)
        return look_up("127.0.0.1" if host == "rebind.example" else host, *rest, **options)

    monkeypatch.setattr(net.socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(net, "is_public", lambda address: True)
    assert len(collect(f"http://rebind.example:{site.server_port}/page")) == 1
    assert [host for host in asked if host == "rebind.example"] == ["rebind.example"] * 2  # robots.txt, page
    assert set(asked) == {"rebind.example", "127.0.0.1"}
