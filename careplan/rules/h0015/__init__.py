"""Billing code H0015: intensive outpatient care by the day."""
