"""Notebooks as no program writes them: bytes flipped, cut and doubled, types changed, cells and lines in disorder."""

import json
import random

ODD = ["    \t", "\x00", "%%", "!", "return", "(", "é\u202e", "1/0\n"]


def mutated(lot: random.Random, data: bytes) -> bytes:
    """Return a notebook after one to four changes that are drawn by lot."""
    for _ in range(lot.choice([1, 1, 2, 4])):
        change = lot.choice([_bytes, _types, _cells, _sources])
        try:
            data = change(lot, data)
        except (ValueError, TypeError, AttributeError, KeyError, IndexError):  # it is no notebook any more
            data = _bytes(lot, data)
    return data


def _bytes(lot: random.Random, data: bytes) -> bytes:
    at, length = lot.randrange(len(data) + 1), lot.randrange(1, 200)
    other = bytearray(data)
    for _ in range(lot.randrange(30) if data else 0):
        other[lot.randrange(len(data))] ^= 1 << lot.randrange(8)
    parts = [
        bytes(other),
        data[:at],
        data[:at] + data[at + length :],
        data[:at] + data[at : at + length] * 3 + data[at:],
    ]
    marks = [b"\xef\xbb\xbf" + data, data[:at] + b"\n<<<<<<< HEAD\n" + data[at:], data + b"\0" * length, data.upper()]
    return lot.choice(parts * 2 + marks)


def _types(lot: random.Random, data: bytes) -> bytes:
    told = json.loads(data)
    place = lot.choice([told, told["metadata"], lot.choice(told["cells"])])
    odd = [None, True, -1, 1e999, "", "x", "\ud800", [], {}, [[]], [None], {"cell_type": "code"}, [place.get("source")]]
    place[lot.choice([*place, "source", "cells"])] = lot.choice(odd)
    return json.dumps(told).encode()


def _cells(lot: random.Random, data: bytes) -> bytes:
    told = json.loads(data)
    cells = told["cells"]
    one, other = lot.randrange(len(cells)), lot.randrange(len(cells))
    match lot.randrange(5):
        case 0:
            lot.shuffle(cells)
        case 1:
            cells.insert(one, cells[other])
        case 2:
            del cells[one]
        case 3:
            cells[one]["source"] = "".join(cells[one]["source"]) + "\n" + "".join(cells.pop(other)["source"])
        case 4:
            cells[one]["cell_type"] = lot.choice(["raw", "markdown", "code", "heading", 5])
    return json.dumps(told).encode()


def _sources(lot: random.Random, data: bytes) -> bytes:
    told = json.loads(data)
    cell = lot.choice(told["cells"])
    lines = "".join(cell["source"]).splitlines(keepends=True)
    match lot.randrange(4):
        case 0:
            lot.shuffle(lines)
        case 1:
            lines.insert(
                lot.randrange(len(lines) + 1),
                lot.choice(["    \t", "\x00", "%%", "!", "return", "(", "é\u202e", "1/0\n"]),
            )
        case 2:
            del lines[lot.randrange(len(lines))]
        case 3:
            text = "".join(lines)
            at = lot.randrange(len(text))
            lines = [text[:at], lot.choice("()[]:='\"#\n0x,."), text[at + lot.randrange(2) :]]
    cell["source"] = "".join(lines) if lot.random() < 0.5 else lines
    return json.dumps(told).encode()
