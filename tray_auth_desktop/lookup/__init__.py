"""Finds what a person names: a service, an environment, an end user, by id, name or title."""
