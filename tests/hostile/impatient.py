"""The program with shorter time limits of the API, set where the client's constructor takes them."""

from __future__ import annotations

from tray_auth_desktop.__main__ import main
from tray_auth_desktop.api import Timeouts, TrayClient

defaults = TrayClient.__init__.__kwdefaults__
if defaults is None:
    raise TypeError("the client takes its limits no longer by name")
defaults["timeouts"] = Timeouts(read_s=1.0, overall_s=2.0)

if __name__ == "__main__":
    main()
