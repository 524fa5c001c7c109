"""The ASAM Criteria, fourth edition."""
