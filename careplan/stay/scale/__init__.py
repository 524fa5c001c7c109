"""Sessions of many patients at once: each distinct stay is worked out once, and its rows are copied.

The rows of a patient depend on the patient through the first day, the facts and the zone alone.
"""
