"""Dialogs under test: a pytest plugin that opens real ones and acts in them as a person would.

Nothing is imported here: the plugin must cost nothing where it is not used (docs/testing-dialogs.md).
"""
