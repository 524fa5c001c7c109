"""What people write in scenarios and claims, and what the language has for it."""

from __future__ import annotations

from careplan.language.idioms import NUMBERS, Idiom, said

STORY_RULES = ("scenario_line", "claim_line")
_NTH = "first second third fourth fifth sixth seventh eighth ninth".split()
_N = "|".join(_NTH)
_IN = "(?:(?:stay|visit|time) )?(?:(?:in|at|to|of) )?"
_TIME = r"(days?|weeks?) (\d+)((?: to \d+)?)"

STORY_IDIOMS: tuple[Idiom, ...] = (
    # When.
    said(rf"(in|on|from|by) (?:the )?(?:end of )?{_TIME} of (?:the )?((?:{_N}) )?(\S+)", r"\1 \5\6 \2 \3\4"),
    said(r"in (?:the )?(\S+) in (days?|weeks?) (?=\d)", r"in \1 \2"),
    said(rf"(in|on|from|by) the ({_N}) {_IN}(?:the )?(\S+)", r"\1 \2 \3"),
    said(rf"(in|on|from|by) (?:the )?([1-9]) (?:st|nd|rd|th) {_IN}(\S+)",
         lambda m: f"{m[1]} {_NTH[int(m[2]) - 1]} {m[3]}"),
    said(r"(in|on|from|by) the (?!end)(\S+)", r"\1 \2"),
    said(r"by (?:the )?end of (day|week)", r"by \1"),
    said(r"(?:at|after|until|before|within|in) (day|week)(?= \d)", r"on \1", r"by \1"),
    said(r"within (\d+) (day|week)s?", r"by \2 \1"),
    said(r"(on|from) (?=\d)", r"\1 day "),
    said(r"(?:through|until|till|thru|up to)(?= (?:day|week))", "to"),
    said(r"from (?:admission|the start|the beginning|start)(?: on)?", "from day 1"),
    said(r"from (\S+)(?= \S+ (?:is|are) )", r"in \1",
         help_="write `in …` for the whole visit, or `from … day 1` for all that follows as well"),
    # What happens.
    said(r"(?:misses|missed|skips?|skipped|no show(?: for| to| at)?|no-shows?|(?:does|did) not attend) (\S+)",
         r"miss \1"),
    said(r"(?:attends|attended|comes? to|came to|goes to) (\S+)", r"attend \1"),
    said(r"(?:cancels|cancelled|canceled) (\S+)", r"cancel \1"),
    said(r"all (?:of )?(?:the |her |their )?(?:sessions|groups|services)|every (?:session|group)", "all"),
    said(r"(?:a |the |one |his |her |their )?(?:doses?|injections?) of (\S+)", r"\1"),
    said(r"(twice|thrice)", lambda m: f"{NUMBERS[m[1]]} times"),
    # What is expected.
    said(r"expect (?:to be |being |is |still )?(?:in|at) (?:phase )?(\S+)", r"expect phase \1"),
    said(r"expect (?:a |an |to )?(?:discharged?|be discharged|end|ends|ending|finish) as (\S+)",
         r"expect outcome \1"),
    said(r"expect (?:to )?(?:take|takes|be taking|be on|on) (\S+)", r"expect taking \1"),
    said(r"expect (?:no|off|without|no longer) (?:taking )?(\S+)", r"expect not taking \1"),
    said(r"expect (?:exactly )?(\d+) (\S+) sessions?", r"expect \1 sessions of \2"),
    said(r"expect (\S+) (\d+) (?:sessions|times)", r"expect \2 sessions of \1"),
    said(r"expect (?:at least|at most|about|up to|more than) (\d+)", r"expect \1",
         help_="a scenario is one path, and expects one number, such as `expect 12 sessions of cbt`"),
    said(r"expect (?=step|move|extend|at end)", "expect because "),
    said(r"because of (\S+)", r"because \1"),
    # Claims.
    said(r"(?:while in|in|throughout|while on) (\S+)", r"during \1"),
    said(r"(?:be )?(?:takes?|on|receiving|receives|gets?) (\S+)", r"taking \1"),
    said(r"can (?:always )?(?:go|get|return|come|step|be)(?: back)?(?: up| down)?(?: to)?", "can reach"),
    said(r"(?:in|after|by|in at most|within at most|in less than) (\d+) (days?|weeks?)", r"within \1 \2"),
    said(r"(?:with no|with out|without any|without|without an?) (?:gaps?|breaks?|interruptions?|pauses?)",
         "without a gap"),
    said(r"(?:completes|finishes|stops|terminates|closes|comes to an end)", "ends"),
    said(r"(?:a|each|every|in each|in every) week|weekly", "per week"),
    said(r"of (?:entry (?:to|into) |starting (?:in )?|the start of )?(\S+)", r"of entering \1"),
    said(r"(\d+) (\S+)(?= on every)", r"\1 sessions of \2"),
)  # fmt: skip
