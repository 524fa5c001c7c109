"""Hours a week by level of care: rules that the ASAM packs and the District of Columbia share."""
