"""Group sizes, curricula and who may join when."""
