"""Runs attempts from request to outcome, for the window and the command line alike. QtCore only."""
