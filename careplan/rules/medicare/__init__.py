"""Medicare's outpatient benefits: rules that intensive outpatient and partial hospitalization share."""
