"""`# careplan: allow NAME because "reason"`: what it covers, and what nobody can silence."""

from __future__ import annotations

import pytest

import careplan
from careplan.reading import read_text
from careplan.rules.names import is_fundamental, severities

PLAN = """\
plan small "A small plan"
  start in iop

{above}
measure mood 0 to 10, lower is better{behind}
  {below}
  band low 0 to 4
  note "One"

{after}
event fall "A fall"

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 weeks
  at end discharge as completed

outcome completed "Completed"
"""
ALLOW = '# careplan: allow unused-name because "kept for the next version"'


def plan(**comments: str) -> str:
    return PLAN.format(**{"above": "", "behind": "", "below": "", "after": "", **comments})


def found(text: str) -> list[tuple[str, int]]:
    return [(d.name, d.span.line) for d in read_text(text).diagnostics]


def test_without_a_comment_both_are_found() -> None:
    assert found(plan()) == [("unused-name", 5), ("unused-name", 11)]


@pytest.mark.parametrize(
    ("comments", "left"),
    [
        ({"above": ALLOW}, [11]),
        ({"behind": "  " + ALLOW}, [11]),
        ({"below": ALLOW}, [11]),
        ({"after": ALLOW}, [5]),
        ({"above": ALLOW, "after": ALLOW}, []),
    ],
    ids=["the next sentence", "the sentence of its line", "the whole block", "the next header", "two"],
)
def test_a_comment_covers(comments: dict[str, str], left: list[int]) -> None:
    assert found(plan(**comments)) == [("unused-name", line) for line in left]


def test_below_a_header_the_whole_block_and_no_more() -> None:
    text = plan(below=ALLOW).replace("  note", "  band odd 6 to 10\n  note")
    assert found(text) == [("bands-gap", 8), ("unused-name", 12)]
    both = text.replace("allow unused-name", "allow unused-name and bands-gap")
    assert found(both) == [("unused-name", 12)]
    only_the_next = text.replace(ALLOW, "").replace("  band odd", f"  {ALLOW}\n  band odd")
    assert ("unused-name", 5) in found(only_the_next)


def test_between_the_lines_of_one_sentence() -> None:
    text = """\
plan small "A small plan"
  start in iop

measure uds "Urine test" one of negative, positive

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 to 12 weeks
  discharge as completed when days >= 60
    # careplan: allow exit-on-unassessed-measure because "the partner clinic tests"
    and uds is negative
  at end discharge as completed

outcome completed "Completed"
  planned
"""
    without = "\n".join(line for line in text.split("\n") if "careplan:" not in line)
    assert "exit-on-unassessed-measure" in [name for name, _ in found(without)]
    assert "exit-on-unassessed-measure" not in [name for name, _ in found(text)]


def test_what_is_silenced_is_kept_for_the_auditor() -> None:
    (allow,) = read_text(plan(above=ALLOW)).allows
    assert (allow.name, allow.reason, allow.span.line) == ("unused-name", "kept for the next version", 4)
    assert [(d.name, d.span.line) for d in allow.silenced] == [("unused-name", 5)]


def test_several_names_and_curly_quotes() -> None:
    comment = "# careplan: allow bands-gap, unused-name because “as pasted”"
    reading = read_text(plan(above=comment))
    assert [(d.name, d.span.line) for d in reading.diagnostics] == [("unused-allow", 4), ("unused-name", 11)]
    assert {a.reason for a in reading.allows} == {"as pasted"}


@pytest.mark.parametrize("name", sorted(n for n in severities() if is_fundamental(n)))
def test_no_error_of_structure_can_be_allowed(name: str) -> None:
    reading = read_text(plan(above=f'# careplan: allow {name} because "we know"'))
    assert "allow-not-possible" in {d.name for d in reading.diagnostics}
    assert reading.allows == ()


def test_an_error_stays_whatever_is_written() -> None:
    text = plan(after=ALLOW).replace("  at end discharge as completed", "")
    text = text.replace(
        "  level 2.1", '  # careplan: allow phase-without-exit because "we know"\n  level 2.1'
    )
    assert "phase-without-exit" in {d.name for d in careplan.check(text)}
    with pytest.raises(careplan.PlanError):
        careplan.loads(text)


@pytest.mark.parametrize("reason", ["", "because", 'because ""', 'because "  "', "because nobody minds"])
def test_a_reason_is_needed(reason: str) -> None:
    names = found(plan(above=f"# careplan: allow unused-name {reason}"))
    assert names == [("allow-without-reason", 4), ("unused-name", 5), ("unused-name", 11)]


@pytest.mark.parametrize("comment", ["# careplan: alow x", "# careplan:", "#careplan: ignore unused-name"])
def test_what_is_not_understood_is_said(comment: str) -> None:
    assert ("allow-not-understood", 4) in found(plan(above=comment))


def test_a_remark_that_only_mentions_careplan_is_a_remark() -> None:
    assert found(plan(above="# checked with careplan: no findings")) == found(plan())


def test_an_unknown_name_has_a_suggestion() -> None:
    (unknown,) = [
        d
        for d in careplan.check(plan(above='# careplan: allow unusedname because "x"'))
        if d.name == "allow-unknown-name"
    ]
    assert "unused-name" in unknown.here


@pytest.mark.parametrize(
    ("line", "commented"),
    [("  level 2.1\n", f"  level 2.1  {ALLOW}\n"), ("  level 2.1\n", f"  level 2.1\n  {ALLOW}\n")],
    ids=["behind a sentence", "on a line of its own"],
)
def test_the_fix_for_an_idle_allow_takes_the_comment_out(line: str, commented: str) -> None:
    text = plan(above=ALLOW, after=ALLOW)
    where = text.replace(line, commented)
    (idle,) = careplan.check(where)
    assert idle.name == "unused-allow"
    assert idle.fix is not None
    (edit,) = idle.fix.edits
    assert where[: edit.span.start] + edit.text + where[edit.span.end :] == text


def test_nothing_is_idle_where_there_are_errors_or_no_rule_ran() -> None:
    text = plan(above=ALLOW, after=ALLOW).replace("  level 2.1", f"  level 2.1  {ALLOW}")
    broken = text.replace("start in iop", "start in iopp")
    assert "unused-allow" not in {d.name for d in careplan.check(broken)}
    assert read_text(text, packs=None).diagnostics == ()


def test_formatting_keeps_what_is_allowed() -> None:
    text = plan(above=ALLOW, after=ALLOW)
    assert careplan.check(text) == []
    assert careplan.check(careplan.format_text(text)) == []
    assert careplan.format_text(text).count(ALLOW) == 2


def test_an_allow_of_a_rule_is_idle_only_where_the_rule_looked() -> None:
    comment = '# careplan: allow hours-below-level because "the manual is shorter"'
    text = plan(above=ALLOW, after=ALLOW).replace("  level 2.1", f"  level 1  {comment}")
    assert careplan.check(text) == []
    followed = text.replace("  start in iop", "  follows asam-3\n  start in iop")
    assert [d.name for d in careplan.check(followed)] == ["unused-allow"]
    assert [d.name for d in read_text(text, packs=["asam-3"]).diagnostics] == ["unused-allow"]
