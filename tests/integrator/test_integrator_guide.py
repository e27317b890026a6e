"""The guide for integrators shows what is tested, and leads where it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = Path(__file__).parent / "sample_app" / "pages"
GUIDE = (ROOT / "docs" / "integrating.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["dialog_window.js", "dialog_events.js"])
def test_the_guide_shows_the_sample_as_it_is(name: str) -> None:
    assert f"```js\n{(PAGES / name).read_text(encoding='utf-8')}```\n" in GUIDE


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!http)([^)]+)\)", GUIDE))))
def test_every_link_leads_somewhere(link: str) -> None:
    name, _, anchor = link.partition("#")
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert not anchor or anchor in anchors
