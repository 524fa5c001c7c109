"""Levels of care and their names by edition: rules that both ASAM packs share."""
