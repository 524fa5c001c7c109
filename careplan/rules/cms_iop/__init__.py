"""Medicare's intensive outpatient benefit."""
