"""The shipped font: package data."""
