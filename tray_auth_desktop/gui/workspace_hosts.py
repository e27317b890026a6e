"""The folded part of the form: own hosts and network, for those who need them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.gui.text_button import FoldButton
from tray_auth_desktop.gui.workspace_field import CheckedField, Labelled, SecretField
from tray_auth_desktop.settings import DEFAULT_OPENER_ORIGIN
from tray_auth_desktop.workspaces.entry import WorkspaceEntry
from tray_auth_desktop.workspaces.fields import address_complaint, complaint, service_complaint

Pairs = tuple[tuple[str, str], ...]
_LINES = 3
#: Field, label, hint.
_TEXTS = (
    ("graphql_url", "&GraphQL address", "In place of the region's."),
    ("rest_url", "R&EST address", "In place of the region's."),
    (
        "dialog_url",
        "&Dialog host",
        "In place of the region's: a white-label host such as https://acme.integration-configuration.com.",
    ),
    (
        "opener_origin",
        "&Opener origin",
        "Origin of the page that opens the dialog. Set your own application's to test with it.",
    ),
    (
        "account_id",
        "&Account id",
        "What the dialog is told when enhanced session security asks for it.",
    ),
    (
        "proxy",
        "Pro&xy",
        "http://host:port, https://host:port or socks5://host:port, with user@ in front of the host if "
        "it needs one. By default the system's.",
    ),
)


class HostsField(Labelled):
    """Dialog hosts of single services, a line for each: the service, an equals sign, the host.

    Signals:
        edited(): the text is another one.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._edit = QPlainTextEdit()
        self._edit.setTabChangesFocus(True)
        self._edit.setPlaceholderText("slack = https://acme.integration-configuration.com")
        hint = "A line for each service that has a dialog host of its own: its name or id = the host."
        super().__init__("Dialog hosts of single ser&vices", self._edit, hint, parent=parent)
        self._edit.textChanged.connect(self._on_changed)
        self._fit_font()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Keep room for the lines when the letters grow."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_font()

    def _fit_font(self) -> None:
        self._edit.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + 16)

    @property
    def text(self) -> str:
        """The text as it was typed."""
        return self._edit.toPlainText()

    @property
    def pairs(self) -> Pairs:
        """Service and host of each line that is not empty."""
        lines = (line.partition("=") for line in self.text.splitlines() if line.strip())
        return tuple((service.strip(), host.strip()) for service, _, host in lines)

    @property
    def complaint(self) -> str:
        """What is wrong with the first line that is wrong; empty if none is."""
        for number, (service, host) in enumerate(self.pairs, start=1):
            if why := service_complaint(service) or address_complaint(host):
                return f"(line {number}) {why}"
        names = [service for service, _ in self.pairs]
        return "must name each service once" if len(set(names)) < len(names) else ""

    def set_text(self, text: str) -> None:
        """Show a text."""
        self._edit.setPlainText(text)

    def _on_changed(self) -> None:
        self.show_complaint(self.complaint)
        self.edited.emit()


class WorkspaceHosts(QWidget):
    """Fields that most people leave empty, beneath a title that opens and closes them.

    Signals:
        edited(): something in it is another now.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = FoldButton("Own hosts and network", self)
        self._title.setAccessibleName(self._title.text())
        self._body = QWidget(self)
        self._fields = {
            name: CheckedField(label, partial(complaint, name), hint, parent=self._body)
            for name, label, hint in _TEXTS
        }
        self._fields["opener_origin"].field.setPlaceholderText(DEFAULT_OPENER_ORIGIN)
        self.hosts = HostsField(self._body)
        self.password = SecretField("Proxy pass&word", _no_complaint, parent=self._body)
        browse = QPushButton("Choose…", self._body)
        browse.setAccessibleName("Choose the file of certificates")
        browse.clicked.connect(self._choose_file)
        self._fields["ca_file"] = CheckedField(
            "Further &certificates",
            partial(complaint, "ca_file"),
            "A PEM file that is trusted beside the system's certificates, by API and dialog.",
            browse,
            parent=self._body,
        )
        self._lay_out()
        self._title.toggled.connect(self._on_toggled)
        for field in (*self._fields.values(), self.password):
            field.edited.connect(self.edited)
        self.hosts.edited.connect(self.edited)
        self._on_toggled(False)

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self._body)
        inside.setContentsMargins(0, 8, 0, 0)
        inside.setSpacing(12)
        for name, field in self._fields.items():
            inside.addWidget(field)
            if name == "dialog_url":
                inside.addWidget(self.hosts)
            elif name == "proxy":
                inside.addWidget(self.password)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._title, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._body)

    def field(self, name: str) -> CheckedField:
        """Return one of the lines of text by the field's name."""
        return self._fields[name]

    @property
    def texts(self) -> dict[str, str]:
        """What stands in the lines of text, by field."""
        return {name: field.text for name, field in self._fields.items()}

    @property
    def complaints(self) -> tuple[str, ...]:
        """What is wrong with any of the fields."""
        found = [*(field.complaint for field in self._fields.values()), self.hosts.complaint]
        return tuple(filter(None, found))

    def set_open(self, is_open: bool) -> None:
        """Show or fold the fields."""
        self._title.setChecked(is_open)

    def show_entry(self, entry: WorkspaceEntry, hosts_text: str | None = None) -> None:
        """Show a workspace's values; open if there are any."""
        for name, field in self._fields.items():
            field.set_text(getattr(entry, name))
        if hosts_text is None:
            hosts_text = "\n".join(f"{service} = {host}" for service, host in entry.dialog_hosts)
        self.hosts.set_text(hosts_text)
        self.set_open(any(self.texts.values()) or bool(hosts_text))

    def set_vault_words(self, words: str) -> None:
        """Say where the proxy's password goes."""
        self.password.set_hint(words)

    def _on_toggled(self, is_open: bool) -> None:
        self._body.setVisible(is_open)
        self._title.setAccessibleDescription("Open" if is_open else "Closed; Space opens it")

    def _choose_file(self) -> None:
        dialog = QFileDialog(
            self, "File of certificates", "", "Certificates (*.pem *.crt *.cer);;All files (*)"
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._fields["ca_file"].set_text)
        dialog.open()


def _no_complaint(_text: str) -> str:
    return ""
