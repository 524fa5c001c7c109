"""A plan as pictures and pages."""
