"""The auth-only dialog in a web view, and the capture of its messages.

The only package that imports QtWebEngine. It is imported when a dialog is about to be
opened, never at start-up.
"""
