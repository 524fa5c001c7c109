"""Rules from medication labels."""
