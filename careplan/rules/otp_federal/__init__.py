"""Rules for opioid treatment programs (42 CFR Part 8)."""
