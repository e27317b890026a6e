"""What the program knows about Tray and decides by itself: no Qt, no I/O, no clock of its own."""
