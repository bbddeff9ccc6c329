"""What axe-core, which travels in the package axe-playwright-python, has against a part of a page."""

from pathlib import Path

import axe_playwright_python

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
BARRIERS = """async part => {
  const found = await axe.run(part);
  return [found.passes.length, found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' '))];
}"""


def barriers(page, part):
    """How many rules axe-core found kept, and each that is broken with where."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return part.evaluate(BARRIERS)
