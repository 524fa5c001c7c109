"""Rules of Wisconsin."""
