"""A small scheduling service on careplan: plans from a folder, patients in SQLite, answers over HTTP."""
