"""What the packs that go by levels of care need: rules that they share."""
