"""The fields of the test options: one for each thing that a dialog's page can be shown otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLabel, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.core.presentation import ColorScheme, Embedding, Presentation, parse_size, size_text
from tray_auth_desktop.gui.check_box import CheckBox
from tray_auth_desktop.gui.grounds import Field
from tray_auth_desktop.time_zones import check_time_zone, time_zones

_EMBEDDINGS = {Embedding.POPUP: "In a popup", Embedding.IFRAME: "In an iframe"}
_SCHEMES = {ColorScheme.AUTO: "Colours of the desktop", ColorScheme.LIGHT: "Light", ColorScheme.DARK: "Dark"}
_SIZES = ("375x667", "500x500", "768x1024", "1280x800")
_LANGUAGES = ("de-DE", "en-GB", "en-US", "es-ES", "fr-FR", "ja-JP", "pt-BR", "ar-EG", "he-IL", "zh-CN")


class PresentationFields(QWidget):
    """What is typed and chosen; nothing of it counts while one of the fields cannot be used.

    Signals:
        changed(): another text or choice stands in one of them.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.embedding = self._choice("How the dialog is opened", _EMBEDDINGS.values())
        self.page_size = self._line("Size of its page", "As there is room, or such as 375x667", _SIZES)
        self.color_scheme = self._choice("Colours", _SCHEMES.values())
        self.opener_origin = self._line(
            "Opener origin", "The workspace's, or such as https://app.example.com"
        )
        self.language = self._line("Language", "The system's, or such as de-DE", _LANGUAGES)
        self.time_zone = self._line("Time zone", "The system's, or such as Asia/Tokyo", time_zones())
        self.user_agent = self._line("User agent", "The program's own")
        self.reduced_motion = CheckBox("Ask the page to move little", self)
        self.reduced_motion.toggled.connect(self.changed)
        self.reset_button = QPushButton("Reset the test options", self)
        self.reset_button.clicked.connect(lambda: self.show_presentation(Presentation()))
        self._column.addWidget(self.reduced_motion)
        self._column.addWidget(self.reset_button, 0, Qt.AlignmentFlag.AlignLeft)

    def presentation(self) -> Presentation:
        """Return what is wanted.

        Raises:
            ValueError: a field cannot be used; says which and why.
        """
        size, time_zone = self.page_size.text().strip(), self.time_zone.text().strip()
        check_time_zone(time_zone)
        return Presentation(
            embedding=list(_EMBEDDINGS)[self.embedding.currentIndex()],
            opener_origin=self.opener_origin.text().strip(),
            size=parse_size(size) if size else None,
            language=self.language.text().strip(),
            time_zone=time_zone,
            user_agent=self.user_agent.text().strip(),
            reduced_motion=self.reduced_motion.isChecked(),
            color_scheme=list(_SCHEMES)[self.color_scheme.currentIndex()],
        )

    def show_presentation(self, wanted: Presentation) -> None:
        """Set all fields."""
        self.embedding.setCurrentIndex(list(_EMBEDDINGS).index(wanted.embedding))
        self.color_scheme.setCurrentIndex(list(_SCHEMES).index(wanted.color_scheme))
        self.page_size.setText(size_text(wanted.size) if wanted.size else "")
        self.opener_origin.setText(wanted.opener_origin)
        self.language.setText(wanted.language)
        self.time_zone.setText(wanted.time_zone)
        self.user_agent.setText(wanted.user_agent)
        self.reduced_motion.setChecked(wanted.reduced_motion)

    def _choice(self, title: str, texts: Iterable[str]) -> QComboBox:
        box = QComboBox(self)
        box.addItems(list(texts))
        box.currentIndexChanged.connect(self.changed)
        self._add(title, box)
        return box

    def _line(self, title: str, hint: str, offered: Sequence[str] = ()) -> Field:
        field = Field(self)
        field.setPlaceholderText(hint)
        field.setClearButtonEnabled(True)
        if offered:
            completer = QCompleter(list(offered), field)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            field.setCompleter(completer)
        field.textChanged.connect(self.changed)
        self._add(title, field)
        return field

    def _add(self, title: str, field: QWidget) -> None:
        label = QLabel(title, self)
        label.setBuddy(field)
        field.setAccessibleName(title)
        self._column.addWidget(label)
        self._column.addWidget(field)
