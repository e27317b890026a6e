"""The workspaces a person has set up: a TOML file to be edited by hand, and the vault for their secrets."""
