"""A small plan without a fault, for tests that change a word of it."""

SMALL = """\
plan small "A small plan"
  start in iop

measure uds one of negative, positive
measure phq-9 0 to 27, lower is better
  band low 0 to 9
  band high 10 to 27

therapy cbt "Cognitive behavioural therapy"
  format group of 6 to 12
  length 50 min
  curriculum in order
  topic "A" 2 sessions

medication nal "Naltrexone"
  drug naltrexone-oral
  start in iop when uds is negative
  titration from 25 mg to 50 mg by 25 mg every 3 days
  maintenance 50 mg daily
  continue through iop
  monitor lft every 12 weeks

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 to 16 weeks
  review every 2 weeks
  cbt 3 per week on mon, wed, fri at 18:00
  assess phq-9, uds weekly in weeks 1 to 16
  discharge as completed when uds is negative for 4 weeks
  at end discharge as completed

outcome completed "Completed"
  planned
"""
