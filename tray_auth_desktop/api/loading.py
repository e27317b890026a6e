"""Loads httpx and what it needs for its first request, without what this program never runs.

WORKAROUND: httpx imports its own command line wherever click and Pygments are installed, which takes a
third of its time; without them it does without. A name that stands for nothing in `sys.modules` counts
as not installed (seen in httpx 0.28.1).
"""

from __future__ import annotations

import sys

_UNUSED = "httpx._main"
_is_withheld = _UNUSED not in sys.modules
if _is_withheld:
    sys.modules[_UNUSED] = None  # type: ignore[assignment]  # Python's own sign for "not there"
try:
    import httpcore  # noqa: F401 - else httpx imports it while somebody waits for the first request
    import httpx  # noqa: F401 - imported, to be there for the modules of this package
finally:
    if _is_withheld:
        del sys.modules[_UNUSED]
