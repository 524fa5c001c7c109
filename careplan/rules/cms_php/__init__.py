"""Medicare's partial hospitalization benefit."""
