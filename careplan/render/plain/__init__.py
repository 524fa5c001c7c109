"""A plan's elements in everyday English, for people who will never see the source."""
