"""The stand-in's state and every decision it takes: no HTTP, no threads, no files but the seed.

The time comes from a clock that is passed in, and a refusal is an exception of `refusals`;
the servers in `standin.web` turn both into headers, statuses and pages.
"""
