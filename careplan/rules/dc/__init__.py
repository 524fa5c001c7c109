"""The District of Columbia; its hours a week are rules that it shares with the ASAM packs."""
