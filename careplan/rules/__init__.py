"""Rules that people can cite, in packs: one folder a pack, one module a rule."""
