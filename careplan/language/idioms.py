"""What clinics write and the language does not: `bid`, `fortnightly`, `twice a week`, `greater than`, `7 pm`.

Where the meaning is plain, a phrase has its own words in the language, and the sentence is read with them.
Where it could mean two things, or nothing that a plan can say, there is only a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

_KINDS = ("how-often", "other-wording", "time-of-day", "number-form", "number-in-words")
HOW_OFTEN, OTHER_WORDING, TIME_OF_DAY, NUMBER_FORM, NUMBER_IN_WORDS = _KINDS

NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(), 1
    )
} | {"twice": "2", "thrice": "3", "twenty": "20", "thirty": "30"}
"""Numbers in words."""

_N = r"(\d+|" + "|".join(NUMBERS) + r")(?: times| time| x)?"
_DAY = r"(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday|s|days|sdays|nesdays|rsdays|urdays)?"
_RESULT = r"(positive|negative) (?:results? (?:of|for|on) )?([a-z]\S+)(?: results?| tests?)?"
_WEEK = {"m": "mon", "t": "tue", "tu": "tue", "w": "wed", "th": "thu", "r": "thu", "f": "fri"}
"""Weekdays as timetables shorten them."""
_MONTH = "a month has no fixed length: count in weeks or days, such as `every 4 weeks` or `for 30 days`"

LINES = {
    "phase_line": {
        "duration": "lasts", "length": "lasts", "lasting": "lasts", "transition": "move", "transfer": "move",
        "go": "move", "exit": "move", "advance": "move", "return": "on", "measure": "assess",
        "test": "assess", "screen": "assess", "otherwise": "at", "end": "at",
    },
    "medication_line": {
        "maintain": "maintenance", "titrate": "titration", "induce": "induction",
        "stabilize": "stabilization", "dosage": "dose", "take": "dose", "give": "dose",
        "medication": "drug", "end": "stop", "check": "monitor",
    },
    "therapy_line": {"lasts": "length", "duration": "length", "size": "format", "clinician": "staff",
                     "not": "hours"},
    "outcome_line": {"successful": "planned", "unsuccessful": "unplanned", "administrative": "unplanned"},
    "goal_line": {"achieve": "reach", "attain": "reach", "until": "by", "within": "by"},
    "plan_line": {"name": "author", "date": "effective", "by": "author"},
    "scenario_line": {
        "during": "in", "day": "on", "days": "on", "week": "in", "weeks": "in", "at": "on", "after": "from",
        "since": "from", "then": "expect", "should": "expect", "expected": "expect", "assume": "given",
        "with": "given", "patient": "given", "admit": "admitted", "start": "admitted",
    },
    "claim_line": {
        "must": "always", "no": "never", "not": "never", "all": "every", "each": "every", "any": "every",
        "can": "from",
    },
}  # fmt: skip
"""By kind of line: words with which people begin it, and the language's word."""


class Idiom(NamedTuple):
    """A phrase, and what the language has for it: the first of `instead` with which the sentence can be read.

    Without `instead`, `help` says what to do; with both, a part of the meaning may get lost.
    """

    phrase: re.Pattern[str]
    name: str
    instead: tuple[str | Callable[[re.Match[str]], str], ...]
    help: str = ""


def _number(match: re.Match[str], group: int = 1) -> str:
    return NUMBERS.get(match[group], match[group])


def _rate(unit: str) -> Callable[[re.Match[str]], str]:
    return lambda m: f"{_number(m)} per {unit or m[2].replace('wk', 'week')}"


def _clock(match: re.Match[str]) -> str:
    hour, minute, half = int(match[1]), match[2] or "00", match[3]
    if half == "pm" and hour < 12:
        hour += 12
    return f"{hour % 24 if half == 'pm' or hour < 12 else 0}:{minute}".rjust(5, "0")


def _weekdays(match: re.Match[str]) -> str:
    return ", ".join(_WEEK[letters] for letters in re.findall("th|tu|[mtwrf]", match[1]))


def _listed_days(match: re.Match[str]) -> str:
    return ", ".join(word[:3] for word in match[0].split() if word != "on")


def _hourly(match: re.Match[str]) -> str:
    hours = int(match[1] or match[2])
    return f"{24 // hours} per day" if hours and 24 % hours == 0 else ""


def _phrase(phrase: str) -> re.Pattern[str]:
    """The pattern, which ends where a word ends."""
    return re.compile(rf"(?:{phrase})(?:(?= |$)|(?<= ))")


def _often(phrase: str, *instead: str | Callable[[re.Match[str]], str], help_: str = "") -> Idiom:
    return Idiom(_phrase(phrase), HOW_OFTEN, instead, help_)


def said(phrase: str, *instead: str | Callable[[re.Match[str]], str], help_: str = "") -> Idiom:
    """A phrase for which the language has other words."""
    return Idiom(_phrase(phrase), OTHER_WORDING, instead, help_)


def _time(phrase: str, *instead: str | Callable[[re.Match[str]], str]) -> Idiom:
    return Idiom(_phrase(phrase), TIME_OF_DAY, instead)


def _number_form(phrase: str, help_: str) -> Idiom:
    return Idiom(_phrase(phrase), NUMBER_FORM, (), help_)


_IDIOMS = (
    # How often.
    _often(
        r"fortnightly|every fortnight|eow|(?:every|each) (?:other|second|alternate) week", "every 2 weeks"
    ),
    _often(r"(?:every|each) (?:other|second|alternate) day|alternate days|qod|eod", "every 2 days"),
    _often(r"(?:once )?(?:a|per|each) week|once weekly|once every week|qw|qwk", "weekly"),
    _often(
        r"(?:once )?(?:a|per|each) day|once daily|once every day|daily once|qd|qday|od|everyday", "daily"
    ),
    _often(
        r"nightly|qhs|qam|qpm|nocte|mane|(?:every|each|in the|at) (?:morning|evening|night)"
        r"|(?:at )?(?:bedtime|hs)",
        "daily",
        help_="write `daily`; the time of the day can be said in a `note`",
    ),
    _often(r"(?:on )?((?:m|tu|t|w|th|r|f)(?:tu|th|[mtwrf])+)", lambda m: f"on {_weekdays(m)}",
           lambda m: f"{len(_weekdays(m).split())} per week on {_weekdays(m)}"),
    _often(r"bid|twice daily", "2 per day"),
    _often(r"tid|thrice daily", "3 per day"),
    _often(r"qid", "4 per day"),
    _often(rf"{_N} (?:a|per|each|every|in a|times per) (day|week|wk)", _rate("")),
    _often(rf"{_N} daily", _rate("day")),
    _often(rf"{_N} weekly", _rate("week")),
    _often(r"(\d+) sessions? (?:a|per|each|every) (day|week)", r"\1 per \2"),
    _often(r"(\d+) sessions? weekly", r"\1 per week"),
    _often(r"(\d+) sessions? daily", r"\1 per day"),
    _often(r"sessions? (?=weekly|daily|every)", ""),
    _often(r"(\d+) times", r"\1 sessions"),
    _often(r"(?:over|during|across|until|till|to|through) weeks? (\d+)", r"in weeks 1 to \1"),
    _often(r"(?:over|during|across) (?:the )?(?:first )?(\d+) weeks", r"in weeks 1 to \1"),
    _often(r"randomly|random|unannounced|at random times", "at random", "weekly at random",
           help_="say how often, then `at random`, such as `2 per week at random`"),
    _often(r"(?:on|at|upon) (?:admission|intake|baseline|entry|enrol?lment)", "at start"),
    _often(r"(?:on|at|upon) (?:discharge|completion|exit)", "at end"),
    _often(r"as (?:clinically |medically )?indicated|as clinically (?:needed|appropriate)", "as needed"),
    _often(r"as tolerated",
           help_="a range is the clinician's choice, such as `2 to 4 per week` or `16 to 24 mg`"),
    _often(r"x ?(\d+) (?:a|per|each|every) (day|week|wk)", _rate("")),
    _often(r"x ?(\d+) weekly", _rate("week")),
    _often(r"q ?(\d+) ?(?:w|wk|wks|weeks|week)", r"every \1 weeks"),
    _often(r"q ?(\d+) ?(?:d|days|day)", r"every \1 days"),
    _often(r"q ?(\d+) ?(?:h|hr|hrs|hours)|every (\d+) (?:h|hr|hrs|hours)", _hourly),
    _often(r"bi-?weekly", help_="it can mean two things: write `every 2 weeks` or `2 per week`"),
    _often(r"bi-?monthly", help_="it can mean two things: write `every 8 weeks` or `every 2 weeks`"),
    _often(r"semi-?weekly", "2 per week"),
    _often(r"monthly|(?:every|each|a|once a|per|qm) months?|q ?4 ?m", help_=_MONTH),
    _often(r"quarterly", help_="write it in weeks: `every 12 weeks` or `every 13 weeks`"),
    _often(r"yearly|annually|half-yearly", help_="write it in weeks, such as `every 52 weeks`"),
    _often(
        r"prn|p-r-n|as required|(?:when|if|where) (?:needed|required|necessary)|as-needed|on demand",
        "as needed",
    ),
    _often(r"continuously|ongoing|always|continual|constantly|all the time", "throughout"),
    _often(r"on alternate days", "every 2 days"),
    _often(rf"(?:on )?{_DAY}(?: {_DAY})+", lambda m: f"on {_listed_days(m)}", _listed_days),
    _often(rf"(?:every|each|on) {_DAY}", r"weekly on \1", r"on \1"),
    _often(rf"{_DAY}", r"\1", r"on \1", r"weekly on \1"),
    _often(
        r"(?:on |every |each )?(?:weekdays?|workdays?)",
        "on mon to fri",
        "mon to fri",
        "5 per week on mon to fri",
    ),
    _often(r"(?:on |every |each )?weekends?", "on sat, sun", "sat, sun", "2 per week on sat, sun"),
    said(r"for (?:at least|a minimum of) (\d+)", r"for \1"),
    said(r"(?:lasts )(?:a )?min(?:imum)?(?: of)?", "lasts at least"),
    said(r"(?:lasts )(?:a )?max(?:imum)?(?: of)?", "lasts up to"),
    said(r"(?:about|approximately|around|roughly|circa|ca) (\d+)", r"\1",
          help_="a plan says a number or a range, such as `8` or `6 to 10`"),
    _often(r"(?:at least|at most|up to|a minimum of|a maximum of) (\d+)", r"\1",
           help_="a plan says how many, such as `2 per week` or `2 to 4 per week`"),
    _often(r"(\d+) or (\d+)(?= per| sessions)", r"\1 to \2"),
    # Times of day.
    Idiom(_phrase(r"(?:from|at) (\d\d?:\d\d) (?:to|until|-) \d\d?:\d\d"), TIME_OF_DAY, (r"at \1",),
          "only the beginning is said: `at 18:00`; how long it takes is the service's `length`"),
    _time(r"noon|midday|12 noon", "12:00"),
    _time(r"midnight", "00:00"),
    _time(r"(\d{1,2})(?::(\d\d))? ?(am|pm)", _clock),
    _time(r"(\d{1,2})(?:\.| ?h ?)([0-5]\d)", r"\1:\2"),
    _time(r"(\d{1,2}) ?(?:h|hrs|o'clock|oclock)", r"\1:00"),
    # Comparisons.
    said(r"(\d+) <=? (\S+) <= (\d+)", r"\2 is \1 to \3"),
    said(r"% (?:in|for|during|within|across) (?:the )?(?:(?:last|past|previous) )?(\d+) (days|weeks)",
          r"% over \1 \2"),
    said(r"(?:in|over|during) (?:the |a |any )?(?:(?:last|past|previous) )?(\d+) (day|week)s?(?: period)?",
          r"within \1 \2s"),
    said(rf"{_N} {_RESULT} (?:in|within) (\d+) (day|week)s?",
          lambda m: f"{m[3]} is {m[2]} {_number(m)} times within {m[4]} {m[5]}s"),
    said(rf"{_N} {_RESULT}",
          lambda m: f"{m[3]} is {m[2]} {_number(m)} times"),
    said(rf"(?:misses|missed|missing) {_N}(?: consecutive)? sessions",
          lambda m: f"missed sessions >= {_number(m)}"),
    said(rf"{_N} consecutive missed sessions", lambda m: f"missed sessions >= {_number(m)} in a row"),
    said(r"(?:at least )?(twice|thrice)",
          lambda m: f"{_number(m)} times", lambda m: f"at most {_number(m)} times",
          lambda m: f"{_number(m)} sessions"),
    said(r"for (?:less than|under) (\d+) (days|weeks)",
          help_="write `not … for 7 days`, such as `not taking bup-nx for 7 days`"),
    said(r"(?:only )?(?:in|by|at|from|after) week (\d+)", r"weeks >= \1",
          help_="a condition counts completed weeks, such as `weeks >= 4`"),
    said(r"upon|whenever there is", "when"),
    said(r"but(?: also)?|and also|as well as|plus", "and"),
    said(r"at any time|ever|at any point|at all", ""),
    said(r"(?:is |are )?(?:greater|more|higher|larger|bigger|later) than or equal to", ">="),
    said(r"(?:is |are )?(?:less|fewer|lower|smaller) than or equal to", "<="),
    said(r"(?:is |are )?(?:(?:greater|more|higher|larger|bigger|longer) than|above|exceeds)", ">"),
    said(r"(?:is |are )?(?:(?:less|fewer|lower|smaller|shorter) than|below|under|beneath)", "<"),
    said(r"(?:is |are |of )?(?:at least|(?:no|not) (?:less|fewer) than|a minimum of|minimum)", ">=", r""),
    said(r"(?:is |are |of )?(?:at most|(?:no|not) more than|up to|a maximum of|maximum)", "<=", r""),
    said(r"is (<=|>=|<|>)", r"\1"),
    said(r"(?:is |are )?(?:above|over) (\d+)", r"> \1"),
    said(r"(?:is |are )?(?:below|under) (\d+)", r"< \1"),
    said(r"(?:is )?between (\d+) and (\d+)", r"is \1 to \2"),
    said(
        r"(?:is |are )?(?:equals|equal to|equal)|was|were|are|becomes|became|remains|stays|(?:has|have) been"
        r"|(?:result|score) is|continues to be",
        "is",
    ),
    said(r"(?:does|do|did|has|have) not (?:be|have)", "is not"),
    said(r"percent|pct|per cent", "%"),
    said(r"points?|scores?", "", help_="a score has no unit"),
    said(r"(?:drops?|decreases?|declines|reduces|goes down|fell|dropped|falls) (?:by )?(?=\d)", "falls by"),
    said(r"(?:increases|increase|goes up|climbs|rose|rise|rises) (?:by )?(?=\d)", "rises by"),
    said(r"(?:improves|improved|improve|worsens|worsened|worsen)(?: by)?",
          help_="say which way the score moves: `falls by 5`, or `rises by 5`"),
    said(r"(\d+|" + "|".join(NUMBERS) + r") (?:consecutive|successive) times?|(?:x|times) ?(\d+) in a row",
          lambda m: f"{_number(m, 1 if m[1] else 2)} times in a row"),
    said(r"(\d+) in a row", r"\1 times in a row"),
    said(r"(\d+) x|x ?(\d+)", lambda m: f"{m[1] or m[2]} times"),
    said(r"(\d+) missed sessions|missed (\d+) sessions", lambda m: f"missed sessions >= {m[1] or m[2]}"),
    said(r"(?:attended|completed|after) (\d+) sessions of (\S+)", r"sessions of \2 >= \1"),
    said(r"(?:attended|completed|after) (\d+) sessions", r"sessions >= \1"),
    said(r"after (\d+) (days|weeks)", r"\2 >= \1", r"when \2 >= \1"),
    said(r"for a (day|week)", r"for 1 \1"),
    said(r"for an hour", "for 1 hour"),
    said(r"half an hour|half hour|a half hour", "30 min"),
    said(r"an hour and a half", "90 min"),
    said(r"(?:a|one) (day|week|hour)", r"1 \1"),
    said(r"(\d+) ?h ?(\d\d)|(\d+):(\d\d)",
          lambda m: f"{int(m[1] or m[3]) * 60 + int(m[2] or m[4])} min"),
    said(r"unless", help_="write `and not …`, such as `uds is negative and not pregnant`"),
    said(r"either|both|if|that|the|a|any|every", ""),
    # Parts of lines.
    said(r"(?:asam )?level(?: of care)? (?=\d)", "level"),
    said(r"at (?:the )?end of (?:the |this )?(?:phase|stay|treatment|program(?:me)?)", "at end"),
    said(r"discharge to", "discharge as"),
    said(r"on (?:readmission|re-admission|re-?entry|coming back)", "on return"),
    said(r"(?:with|including|and) (?:a |an )?(\d+) (min|minutes?) (?:breaks?|pause)", r"plus \1 min break"),
    said(r"made", "make"),
    said(r"scale|from|range|ranges from", ""),
    said(r"(?:low|lower|less|fewer) is (?:good|best|healthier)|(?:high|higher|more) is (?:worse|bad|worst)",
          "lower is better"),
    said(r"(?:high|higher|more) is (?:good|best|healthier)|(?:low|lower|less|fewer) is (?:worse|bad|worst)",
          "higher is better"),
    said(r"(?!yes |no )([a-z][a-z-]*)((?: (?:or|,) (?!yes|no)[a-z][a-z-]*)+)",
          lambda m: f"one of {m[1]}" + m[2].replace(" or ", " , ")),
    said(r"continue (?:to|until|till|up to)(?: the)?(?: end of)?", "continue through"),
    said(r"stop (?:in|at|after|with) (?!end)", "stop at end of",
          help_="a course stops at the end of a phase, or when something holds: `stop at end of iop`"),
    said(r"continue (?:until|through|to|till) (?:discharge|the end)(?: of treatment)?",
          help_="nothing stops a course at discharge; name the last phase that it runs in"),
    said(r"take-home (\d+)", r"take-home up to \1"),
    said(r"apart|from one another", "between doses"),
    said(r"handover|hand-over|handed over", "hand over"),
    said(r"(taper|titration) (\d+) (mg|mcg|g|ml|units) to", r"\1 from \2 \3 to"),
    said(r"for (\d+) (?:doses|injections|shots|administrations)", r"\1 times"),
    said(r"po|orally|oral|sl|sublingual|sublingually|im|sc|subq|subcutaneously|iv|intramuscularly", "",
          help_="how it is given is known from its drug; say it in a `form` line or a `note`"),
    said(r"(?:only )?(?:from|during|for|over|through|throughout) (weeks?|days?) (?=\d)", r"in \1"),
    said(r"(?:only )?(?:in|for|during)? ?(?:the )?first (\d+) (weeks|days)", r"in \2 1 to \1"),
    said(r"(?:, )?(weeks?|days?) (?=\d)", r"in \1"),
    said(r"provided|whenever|as soon as|once(?= \w+ is)|where|if", "when", "if"),
    said(r"until|till|through(?= \d)|thru|upto", "to"),
    # Units.
    said(r"hrs?|h|hour", "hours", "hour"),
    said(r"wks?|w|weekly", "weeks", "week"),
    said(r"d|dys?", "days", "day"),
    said(r"min\.|minuets|mn", "min"),
    said(r"mo|mos|mths?|yrs?", help_="a month or a year has no fixed length: write `4 weeks` or `30 days`"),
    said(r"milligrams?|mgs|milligrammes?", "mg"),
    said(r"micrograms?|ug|mcgs|microgrammes?", "mcg"),
    said(r"grams?|gm|gms|grammes?", "g"),
    said(r"millilit(?:er|re)s?|mls|cc", "ml"),
    said(r"iu|unit", "units"),
    said(r"(?:tablet|tab|pill|capsule|cap|film|strip|patch|spray|dose|puff|drop|injection|shot)(?:s|es)?",
          help_="a dose is an amount of the drug: write it in mg, mcg, g, ml or units"),
    said(r"(\d+) (?:and|or) (?:over|older|above|more|up|higher|greater)",
          help_="say both ends, such as `18 to 99`; in a condition write `>= 18`"),
    # Numbers.
    Idiom(_phrase("(" + "|".join(NUMBERS) + ")"), NUMBER_IN_WORDS, (_number,)),
    _number_form(r"(\d{1,3}) ?,? ?(\d{3})(?!\d)", "a number has no comma and no blank in it"),
    _number_form(r"(\d+) , (\d+)", "a number has a point, not a comma: write `0.5`, not `0,5`"),
)  # fmt: skip


def phrases(words: Sequence[str], more: Sequence[Idiom] = ()) -> list[tuple[Idiom, re.Match[str], int]]:
    """The idioms with which `words` begin, each with its match and the number of words that it takes.

    `more` are those of this kind of line alone; they are looked at first.
    """
    text = " ".join(words[:7])
    found = []
    for idiom in (*more, *_IDIOMS):
        match = idiom.phrase.match(text)
        if match and match[0].strip():
            found.append((idiom, match, len(match[0].split())))
    return found


def wordings(idiom: Idiom, match: re.Match[str]) -> list[str]:
    """What the language has for the phrase."""
    made = [new(match) if callable(new) else match.expand(new) for new in idiom.instead]
    return [" ".join(new.split()).replace(" ,", ",") for new in made]
