"""What a plan means, and what follows from it."""
