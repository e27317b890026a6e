"""Values that a run must keep to itself, and the search for them in whatever form they may be written."""

from __future__ import annotations

import base64
import html
import json
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import quote, quote_plus


@dataclass(frozen=True)
class Marks:
    """One value for each thing that must not leak, told apart from each other and from anything else.

    Tokens and code look as Tray's do in one set; in the other they look like nothing known.
    """

    master_token: str
    user_token: str
    code: str
    csrf: str
    session: str
    oauth_code: str
    oauth_state: str
    cookie: str
    typed: str
    download: str

    def items(self) -> list[tuple[str, str]]:
        """Return the name and the value of each."""
        return [(field.name, getattr(self, field.name)) for field in fields(self)]


AS_TRAY_HAS_THEM = Marks(
    master_token="5ec7e7a1" * 5,
    user_token="beefcafe0d15ea5e" * 4,
    code="c0de1f0a" * 5,
    csrf="cc5f0000aa11bb22" * 2,
    session="5e55104e" * 4,
    oauth_code="4/0AfJohXmMarked-OAuth_Code.77",
    oauth_state="st4te0ff" * 4,
    cookie="c00k1e" * 6,
    typed="Pa55word-typed-by-a-person!",
    download="What-stands-in-a-file-that-is-refused",
)
LIKE_NOTHING_KNOWN = Marks(
    master_token="Master+one/two==kept~Secret",
    user_token="User.one+two/three==Kept_Secret",
    code="Code'one&two+three=kept",
    csrf="Csrf one+two/three<kept>",
    session="Session one/two+three",
    oauth_code="OAuth-code/one+two three",
    oauth_state="OAuth-state one,two,three",
    cookie="Cookie-one.two_three",
    typed='Typed "by" a \\ person: p\u00e4ss+w\u00f6rd/1',
    download="What stands in a file that is refused",
)


def forms(value: str) -> set[bytes]:
    """Return the forms in which a value is looked for: plain, percent-encoded, JSON, HTML, base64, UTF-16."""
    data = value.encode()
    texts = {value, quote(value, safe=""), quote(value), quote_plus(value), html.escape(value)}
    texts |= {
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        json.dumps(json.dumps(value))[3:-3],
    }
    found = {text.encode() for text in texts} | {value.encode("utf-16-le")}
    for before in range(3):
        core = base64.b64encode(b"\0" * before + data)[(0, 2, 3)[before] : (len(data) + before) // 3 * 4]
        found |= {core, core.replace(b"+", b"-").replace(b"/", b"_")}
    return found


def hits(marks: Marks, data: bytes) -> list[str]:
    """Return which of the values stand in some bytes."""
    return [name for name, value in marks.items() if any(form in data for form in forms(value))]


def hits_in_files(marks: Marks, folder: Path) -> dict[str, list[str]]:
    """Return in which files below a folder which values stand, in their bytes or in their names."""
    found: dict[str, list[str]] = {}
    for path in folder.rglob("*"):
        name = str(path.relative_to(folder))
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        if seen := hits(marks, data + b"\n" + name.encode()):
            found[name] = seen
    return found
