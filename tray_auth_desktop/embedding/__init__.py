"""The auth-only dialog as a part of somebody else's PySide6 application (docs/embedding.md)."""
