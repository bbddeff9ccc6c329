"""A notebook from a page of prose: its fenced blocks, yaml as raw cells, markdown as prose, python as code."""

import json
import re

KIND = {"yaml": "raw", "markdown": "markdown", "python": "code"}


def notebook_of(page):
    cells = []
    for kind, text in re.findall(r"^```(yaml|markdown|python)\n(.*?)\n```$", page, re.MULTILINE | re.DOTALL):
        code = {"outputs": [], "execution_count": None} if kind == "python" else {}
        cells.append({"cell_type": KIND[kind], "id": f"c{len(cells)}", "metadata": {}, "source": text, **code})
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
