"""FHIR R4 (4.0.1): a plan as definitions, and a dated stay as a care plan with its requests."""
