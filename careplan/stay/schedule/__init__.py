"""Dated sessions, tests and doses of a plan, for those who book them."""
