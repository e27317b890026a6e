"""The client of Tray's API: one method per operation, typed replies, typed errors (docs/api-client.md)."""

import tray_auth_desktop.api.loading  # noqa: F401 - first, since it loads httpx for all others
from tray_auth_desktop.api.call import ApiCall, Timeouts
from tray_auth_desktop.api.client import TrayClient
from tray_auth_desktop.api.retry import RetryPolicy
from tray_auth_desktop.core.models import UserCriteria

__all__ = ["TrayClient", "Timeouts", "RetryPolicy", "UserCriteria", "ApiCall"]
