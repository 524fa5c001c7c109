"""What can be wrong with a record of a stay. No text here holds anything that is known of a patient.

Texts may name parts of the plan that the caller named, and what the plan allows there: never a value, a date,
a fact's value, the stay's id, or where the patient stands.
"""

from __future__ import annotations

from typing import Literal

Kind = Literal[
    "before-admission",  # on a date before day 1
    "day-closed",  # on a day that is over: `amend` says that it was otherwise
    "not-yet-come",  # on a day after the one that the stay has come to
    "after-the-end",  # the stay has ended
    "twice",  # the same thing of the same day again
    "key-reused",  # an idempotency key that stood for something else
    "unknown-kind",  # neither result, session, event nor dose
    "unknown-name",  # the plan has no such measure, service, event or medication
    "not-a-value",  # a value that the thing cannot have
    "out-of-range",  # a number beyond the measure's range
    "not-due",  # nothing of it is due on that day
    "which-session",  # several of one service are due on that day
    "no-such-session",  # a make-up for a session that was not missed
    "too-late",  # a make-up after its time
    "not-recorded",  # to be withdrawn, and never recorded
    "not-a-date",  # no date, or a time of day with it
    "too-far",  # more days than anybody closes at once
    "not-yet-known",  # what is due after the visit that the patient is in
    "unknown-fact",  # the plan has no such fact
    "fact-not-given",  # the plan decides by it
    "not-admitted",  # `admit when` is not so
    "unreadable",  # a saved stay that cannot be read
    "plan-changed",  # saved under another plan, or another version of it
]
"""What is wrong, for programs; the text is for people."""


class RecordError(ValueError):
    """Something that cannot be recorded of a stay, or asked of it; `kind` says what is wrong with it.

    The text is in the plan's words and names nothing that is known of the patient: it may be logged.
    """

    def __init__(self, kind: Kind, text: str):
        super().__init__(text)
        self.kind: Kind = kind


class PlanChanged(RecordError):
    """A saved stay belongs to another plan, or to the plan as it was; `changes` says what differs."""

    def __init__(self, text: str, changes: tuple[str, ...]):
        super().__init__("plan-changed", text)
        self.changes = changes
