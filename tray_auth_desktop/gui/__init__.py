"""The window. QtWidgets only; it knows the dialog as a widget to put into its centre."""
