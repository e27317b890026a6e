"""Desktop helper for Tray Embedded's auth-only dialog.

Importing the package costs nothing: Qt, the web engine and the HTTP client are
imported by the modules that use them, when they are used.
"""

__version__ = "0.1.0"
