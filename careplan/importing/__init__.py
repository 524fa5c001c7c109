"""Plans from other programs, into the language."""
