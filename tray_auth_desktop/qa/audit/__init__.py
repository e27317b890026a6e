"""The dialog audit: many dialogs opened, looked at and compared without anybody watching (docs/audit.md)."""
