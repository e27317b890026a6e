"""The stand-in's three servers: thin, with every decision left to `standin.state`."""
