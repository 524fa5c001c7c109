"""The ASAM Criteria, third edition: all of its rules are shared with other packs."""
