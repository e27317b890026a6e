"""The command line: one module per command; exit codes are in `errors.ExitCode`."""

from tray_auth_desktop.cli.root import run

__all__ = ["run"]
