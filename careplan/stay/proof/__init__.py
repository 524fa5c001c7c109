"""Every path of a plan: what holds on all of them, or a patient's story for whom it does not."""
