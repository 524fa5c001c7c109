"""For each rule, a good plan that comes near it: one slip of the pen, and the rule has something to say."""

from __future__ import annotations

from typing import NamedTuple


class Slip(NamedTuple):
    """The good plan, what stands in it, and what is written instead (everywhere)."""

    plan: str
    right: str
    wrong: str


SLIPS = {
    # Levels of care, and hours
    "both-asam-editions": Slip("dc-iop-sixty-days", "follows asam-3, dc", "follows asam-3, asam-4, dc"),
    "hours-above-level": Slip("edges-of-hours", "length 5 hours plus", "length 6 hours plus"),
    "hours-below-level": Slip("nj-evening-iop", "length 3 hours plus", "length 150 min plus"),
    "level-not-in-edition": Slip("dc-iop-sixty-days", "level 1\n", "level 1.7\n"),
    "level-of-third-edition": Slip("recovery-house-peers", "level 3.1", "level 3.3"),
    "level-title-of-other-edition": Slip(
        "medically-managed-residential",
        '"Medically managed residential"\n',
        '"Medically monitored inpatient"\n',
    ),
    "step-down-by-time-alone": Slip("edges-of-hours", "  step down to iop when score < 20\n", ""),
    "no-hour-floor-for-adolescents": Slip("adolescent-residential", "asam-3, groups", "asam-4, groups"),
    "no-phase-to-check": Slip("campus-outpatient", "follows groups", "follows groups, h0015"),
    # Payers and states
    "dc-length-of-stay": Slip("dc-high-intensity", "lasts 30 to 60 days", "lasts 30 to 90 days"),
    "goal-without-time": Slip("nj-partial-care", "  by week 26\n", ""),
    "h0015-days": Slip(
        "h0015-mornings", "length 3 hours plus 30 min break", "length 170 min plus 30 min break"
    ),
    "iop-hours-below-medicare": Slip(
        "rural-clinic-medicare-iop",
        "video-group  3 per week on mon, wed, thu",
        "video-group  1 per week on mon",
    ),
    "iop-recertification": Slip(
        "nj-partial-care",
        "lasts 6 to 12 weeks\n  review every 4 weeks",
        "lasts 6 to 12 weeks\n  review every 10 weeks",
    ),
    "md-plan-review": Slip("md-outpatient", "review every 12 weeks", "review every 16 weeks"),
    "nj-family-sessions": Slip(
        "nj-evening-iop", "family-session every 4 weeks", "family-session every 8 weeks"
    ),
    "no-treatment-goals": Slip(
        "rural-clinic-medicare-iop",
        'goal tests "Four weeks of negative tests"\n  reach uds is negative for 4 weeks\n  by week 16\n',
        "",
    ),
    "php-hours-below-medicare": Slip(
        "edges-of-hours",
        "long-group 10 per week on mon to fri at 09:00 and 13:00",
        "long-group 5 per week on mon to fri at 09:00",
    ),
    "php-recertification": Slip(
        "nj-partial-care",
        "lasts 3 to 6 weeks\n  review every 2 weeks",
        "lasts 3 to 6 weeks\n  review every 3 weeks",
    ),
    "tx-group-size": Slip("tx-outpatient-and-family-nights", "group of 6 to 16", "group of 6 to 17"),
    "tx-residential-hours": Slip("tx-intensive-residential", "length 2 hours", "length 90 min"),
    "tx-individual-counselling": Slip(
        "tx-intensive-residential",
        "individual     weekly     on wed at 11:00\n",
        "individual     weekly     on wed at 11:00 for 30 min\n",
    ),
    # Groups
    "group-above-published-size": Slip(
        "evening-skills-and-safety", '"Present-focused safety', '"DBT and present-focused safety'
    ),
    "in-order-for-late-joiners": Slip("campus-outpatient", "admission closed", "admission rolling"),
    "topics-missed-by-late-joiners": Slip(
        "iop-two-hours-five-days", "admission every 2 weeks", "admission every 6 weeks"
    ),
    # Opioid treatment programs
    "counselling-gates-medication": Slip(
        "wi-methadone", "hold when sedated", "hold when missed sessions of counselling >= 3 in a row"
    ),
    "methadone-first-day": Slip("wi-methadone", "induction 20 to 30 mg", "induction 20 to 60 mg"),
    "random-drug-tests": Slip("wi-methadone", "12 per 52 weeks", "6 per 52 weeks"),
    "take-home-above-wisconsin": Slip("wi-methadone", "up to 1 day", "up to 2 days"),
    "take-home-beyond-28-days": Slip("otp-take-home-federal", "up to 28 days", "up to 30 days"),
    "take-home-too-early": Slip(
        "otp-take-home-federal", "up to  7 days from day  1", "up to 10 days from day  1"
    ),
    # Medication
    "acamprosate-renal-dose": Slip("alcohol-withdrawal-at-home", "and crcl > 50", "and crcl > 40"),
    "acamprosate-without-renal-function": Slip(
        "naltrexone-tablets-alcohol", "drug naltrexone-oral", "drug acamprosate"
    ),
    "antagonist-too-soon": Slip(
        "buprenorphine-to-naltrexone-by-choice",
        "opioid-free-days >= 14 and uds-opioids is negative",
        "uds-opioids is negative",
    ),
    "antagonist-with-agonist": Slip("xr-naltrexone-after-detox", " and not taking bup-nx", ""),
    "antagonist-without-opioid-free-days": Slip(
        "md-medication-and-counselling", "uds-opioids is negative for 10 days", "uds-opioids is negative"
    ),
    "benzodiazepines-stop-medication": Slip(
        "methadone-transfers-and-benzodiazepines", "hold when sedated", "hold when uds-benzos is positive"
    ),
    "buprenorphine-without-withdrawal": Slip(
        "medically-managed-residential", "0.5 mg      daily", "8 mg        daily"
    ),
    "disulfiram-without-dry-hours": Slip(
        "disulfiram-and-couples", " when breath-alcohol is negative for 2 days", ""
    ),
    "dose-above-first-dose": Slip("wi-buprenorphine-otp", "induction     4 mg", "induction     12 mg"),
    "dose-above-label": Slip("disulfiram-and-couples", "500 mg daily for 7 days", "750 mg daily for 7 days"),
    "injection-interval": Slip("xr-naltrexone-after-detox", "380 mg every 4 weeks", "380 mg every 2 weeks"),
    "injections-combined": Slip("weekly-then-monthly-injection", "  stop when taking monthly-shot\n", ""),
    "look-alike-drug-name": Slip(
        "naltrexone-three-days-a-week", '"Naltrexone tablets"', '"Naloxone tablets"'
    ),
    "methadone-outside-otp": Slip("perinatal-methadone", "otp-federal, ", ""),
    "monitoring-missing": Slip(
        "xr-naltrexone-after-detox", "  monitor lft at start and every 12 weeks\n", ""
    ),
    "naloxone-as-treatment": Slip("naltrexone-tablets-alcohol", "drug naltrexone-oral", "drug naloxone"),
    "no-overdose-reversal": Slip("sublocade-primary-care", "aloxone", "otebook"),
    # Clear plans
    "exits-leave-a-gap": Slip("edges-of-hours", "when score is most", "when score > 10"),
    "exits-overlap": Slip("edges-of-hours", "when score is most", "when score >= 9"),
    "minimum-never-used": Slip(
        "md-outpatient", "  discharge as completed when uds is negative for 12 weeks and audit-c <= 2\n", ""
    ),
    "no-way-up": Slip("nj-evening-iop", "  step up to iop when uds is positive 2 times within 4 weeks\n", ""),
    "note-number-not-said": Slip("wi-methadone", 'note "Offered;', 'note "Sessions of 75 min;'),
    "title-number-not-said": Slip("dc-iop-sixty-days", "lasts 30 to 60 days", "lasts 30 to 56 days"),
    "threshold-off-band": Slip("nj-partial-care", "phq-9 >= 20", "phq-9 > 20"),
    "thresholds-flap": Slip(
        "edges-of-hours", "step up to iop when score >= 20", "step up to iop when score >= 10"
    ),
    "zero-slack": Slip("campus-outpatient", "  missed make up within 14 days\n", ""),
}
