"""From the syntax tree to the plan that it means."""
