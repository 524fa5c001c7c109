"""Questions that every plan is asked, claims or not: each yields answers, if there is anything to ask."""
