"""Rules for every plan: what is unclear, and what is dangerous whatever the plan follows."""
