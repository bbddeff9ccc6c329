"""One page that walks through a text, and one line when that cannot be."""

import re
import subprocess
import sys

import pytest

from toolkit import load
from toolkit.__main__ import main
from toolkit.files import MAX_BYTES, course_folder
from toolkit.report import write_report

STORY = "\n\n".join(article.text for article in load("desk")[:1])


@pytest.fixture
def story(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "story.txt"
    path.write_text(f"A headline for a test\n\n{STORY}\n", encoding="utf-8")
    return path


def reported(source, out="out.html"):
    return write_report(str(source), out).read_text(encoding="utf-8")


def test_an_article_is_walked_through_from_source_to_chart(story):
    page = reported(story)
    assert page == reported(story)
    headings = [
        "Where the text comes from",
        "The text in figures",
        "The article",
        "Summary",
        "Clutter",
        "Frequent words",
    ]
    assert re.findall(r">([^>]+)</h2>", page) == headings
    assert page.count("<mark") == 3 and page.count('role="img" aria-label="') == 2
    assert "like the text as a whole, by" in page and "The numbers behind this chart" in page


def test_a_report_loads_nothing_from_anywhere(story):
    page = reported(story)
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    assert re.fullmatch(r"script-src( 'sha256-[\w+/=]+'){2}", policy.split("; ")[-1].replace("&#39;", "'"))
    outside_scripts = re.sub(r"<script.*?</script>", "", page, flags=re.S)
    assert not re.findall(r"<(?:link|img|iframe|object|embed)\b|\bsrc=|@import|url\(", outside_scripts)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_a_report_says_how_the_bytes_were_read(story, encoding):
    story.write_bytes(story.read_text(encoding="utf-8").replace("‑", "-").encode(encoding))
    assert encoding in reported(story)


def test_a_folder_is_reported_and_what_was_left_out_is_named(story):
    (story.parent / "empty.txt").write_text("")
    (story.parent / "notes.csv").write_text("a,b")
    page = reported(story.parent)
    assert '<h1 dir="auto">1 article in' in page
    assert "skipped: empty.txt | " in page and "empty.txt is empty" in page
    put = (story.parent / "page.html").write_text
    put(
        f"<h1>A headline</h1><nav><ul><li><a href='/'>Home</a></ul></nav><p>{STORY}</p><p>Share</p><p>Share</p>",
        "utf-8",
    )
    assert "2 share bar" in reported(story.parent)


def test_what_was_collected_into_a_file_has_a_report_too(story, capsys):
    assert main(["collect", str(story), "-o", "mine.jsonl"]) == 0
    said = capsys.readouterr().out
    assert "Corpus of 1 article" in said and said.endswith("\n1 article is in mine.jsonl\n")
    assert '<h1 dir="auto">1 article in mine.jsonl' in reported("mine.jsonl")


@pytest.mark.parametrize(
    "words, said",
    [
        ("rport desk", "there is no command 'rport'; did you mean 'report'?"),
        ("lab --no-brower", "unrecognized arguments: --no-brower; see toolkit -h"),
        ("report", "the following arguments are required: source; see toolkit report -h"),
        ("report stoy.txt", "there is no file stoy.txt; did you mean 'story.txt'?"),
        ("collect stoy.txt", "there is no file or folder stoy.txt; did you mean 'story.txt'?"),
        ("collect story.txt -o no/x.jsonl", "there is no folder no for x.jsonl; make it first"),
        ("collect story.txt -o x.csv", "x.csv does not end in .jsonl"),
        ("collect http://127.0.0.1:9/a", "if meant, add --allow-private"),
        ("collect german.csv", 'or collect with --columns "text=its name"'),
    ],
)
def test_a_slip_on_the_command_line_gets_one_line_in_its_own_words(story, capsys, words, said):
    (story.parent / "german.csv").write_text("Volltext,Tag\nEs flog.,12.07.2022\n")
    assert main(words.split()) == 2
    line = capsys.readouterr().err
    assert said in line and line.count("\n") == 1
    assert not (story.parent / "articles.jsonl").exists()


def test_a_column_named_on_the_command_line_is_read_and_the_others_are_left_aside(story, capsys):
    (story.parent / "german.csv").write_text("Volltext,Tag\nEs flog.,12.07.2022\n")
    assert main(["collect", "german.csv", "--columns", "text=Volltext"]) == 0
    said = capsys.readouterr().out
    assert "Tag | left aside" in said and said.endswith("1 article is in articles.jsonl\n")


def test_the_facts_at_the_head_of_a_markdown_file_are_read(story):
    page = reported(course_folder("datasets") / "desk" / "articles" / "2022-07-12-wire.md")
    assert '<h1 dir="auto">ESA formally ends Mars rover partnership' in page and "Written for teaching" in page
    (story.parent / "own.md").write_text(f"---\ntitle: My own\nurl: https://example.org/a\n---\n{STORY}", "utf-8")
    page = reported("own.md")
    assert '<h1 dir="auto">My own</h1>' in page and 'href="https://example.org/a"' in page


def test_the_desk_corpus_and_the_coverage_index_have_reports(story):
    assert "written for teaching" in reported("desk")
    page = reported("coverage")
    assert "convenience sample" in page and page.count('class="chart"') == 13 and "All 518 rows" in page


def test_without_out_the_page_is_named_after_its_source(story, capsys):
    assert main(["report", "story.txt"]) == 0
    assert (story.parent / "report-story.html").exists() and "it needs no network" in capsys.readouterr().out


def test_text_may_be_piped_in(story):
    command = [sys.executable, "-m", "toolkit", "report", "-", "-o", "piped.html"]
    done = subprocess.run(command, input=story.read_bytes(), capture_output=True, cwd=story.parent)
    assert done.returncode == 0 and "Piped in, read as utf-8" in (story.parent / "piped.html").read_text("utf-8")


def bad_inputs(folder):
    def made(name, data):
        path = folder / name
        path.write_bytes(data)
        return path

    huge = folder / "huge.html"
    with huge.open("wb") as stream:
        stream.truncate(10 * MAX_BYTES)
    (folder / "nothing here").mkdir()
    yield folder / "missing.html", "there is no file"
    yield "https://example.org", "nothing is fetched"
    yield "coverag", "did you mean 'coverage'"
    yield made("rows.csv", b"title,url\nOnly facts,https://example.org/a\n"), "facts about articles and no text"
    yield made("empty.txt", b""), "is empty"
    yield made("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9), "is a picture, not text"
    yield huge, "more than 20,000,000 bytes"
    yield folder / "nothing here", "there is no file to read"
    yield made("menu.html", b"<html><body><ul><li>Home</li><li>Log in</li></ul></body></html>"), "no article in it"


def test_bad_input_gets_one_line_and_status_2_and_writes_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for source, said in bad_inputs(tmp_path):
        assert main(["report", str(source), "-o", "out.html"]) == 2
        line = capsys.readouterr().err
        assert said in line and line.count("\n") == 1 and "Traceback" not in line
    assert main(["report", "menu.html", "-o", "no/such/folder.html"]) == 2
    assert not (tmp_path / "out.html").exists()


def test_a_place_that_cannot_be_written_to_gets_one_line(story, capsys):
    for out, said in ((str(story.parent), "ends in .html"), ("story.txt", "ends in"), ("no/x.html", "no folder no")):
        assert main(["report", "story.txt", "-o", out]) == 2
        assert said in capsys.readouterr().err
    assert story.read_text(encoding="utf-8").startswith("A headline")
