from __future__ import annotations

from hypothesis import settings

# On a busy machine one example can take long for no reason of its own.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
