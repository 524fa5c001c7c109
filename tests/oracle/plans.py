"""Plans made up at random: a little of everything that a plan can say about time, all from one seed."""

from __future__ import annotations

from random import Random

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LEVELS = ("3.7", "3.5", "2.5", "2.1", "1")
MEASURES = ("uds", "score", "mood", "agreed")
HEAD = """\
fact track one of day, evening
fact working yes or no
fact age 18 to 99 years
measure uds one of negative, positive{missing}
measure score 0 to 20, lower is better
  band mild 5 to 9
  band severe 10 to 20
measure mood 0 to 10, higher is better{missing_mood}
measure agreed yes or no
event overdose
event arrest
"""


class Maker:
    """One plan in the making."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        names = ["north", "east", "south", "west"]
        self.phases = names[: self.dice.choice((1, 2, 2, 3, 3, 4))]
        self.services = [f"s{n}" for n in range(self.dice.randint(1, 4))]
        self.supports = ["circle"] if self.maybe(0.5) else []
        self.drugs = ["film", "shot", "pill"][: self.dice.choice((0, 1, 1, 2, 3))]
        self.levels = self.maybe(0.8)

    def maybe(self, chance: float) -> bool:
        return self.dice.random() < chance

    def pick(self, *words: str) -> str:
        return self.dice.choice(words)

    def text(self) -> str:
        """The whole plan."""
        head = HEAD.format(
            missing=self.pick("", "\n  missing counts as positive"),
            missing_mood=self.pick("", "", "\n  missing counts as 0"),
        )
        parts = [self._plan(), head]
        parts += [self._service(name) for name in self.services]
        parts += [f"support {name}\n  length 60 min" for name in self.supports]
        parts += [self._medication(place, name) for place, name in enumerate(self.drugs)]
        parts += [self._phase(place) for place in range(len(self.phases))]
        parts += self._anytime()
        parts += ["outcome done\n  planned", "outcome gone\n  unplanned", "outcome cut\n  unplanned"]
        if self.maybe(0.5):
            parts.append(f"goal well\n  reach {self.condition()}")
        return "\n\n".join(parts) + "\n"

    def _plan(self) -> str:
        lines = ["plan made"]
        if len(self.phases) > 1 and self.maybe(0.2):
            lines.append(f"  start in {self.phases[1]} if track is evening")
        return "\n".join([*lines, f"  start in {self.phases[0]}"])

    def _service(self, name: str) -> str:
        lines = [f"therapy {name}", "  format individual", "  length 60 min"]
        if self.maybe(0.5):
            lines.append(f"  missed make up within {self.dice.randint(2, 14)} days")
        return "\n".join(lines)

    # ------------------------------------------------------------------------------- conditions

    def span(self) -> str:
        return self.pick("3 days", "5 days", "1 week", "10 days", "2 weeks", "3 weeks", "4 weeks")

    def weeks(self) -> str:
        return self.pick("1 week", "2 weeks", "3 weeks")

    def test(self) -> str:
        """One test."""
        dice = self.dice
        one = self.pick(*self.services)
        tests = [
            self.of_measure() + self.tail(),
            self.of_measure() + self.tail(),
            self.of_measure() + self.tail(),
            f"{self.pick('score', 'mood')} {self.pick('falls by', 'rises by')} "
            + self.pick("2", "3", "5", "20%", "50%"),
            f"attendance{self.pick('', f' of {one}')} {self.pick('>=', '<', '>')} "
            + self.pick("30%", "50%", "75%", "80%")
            + self.pick("", f" over {self.weeks()}", f" over {self.weeks()}", " since admission"),
            f"sessions{self.pick('', f' of {one}')} >= {dice.randint(1, 8)}"
            + self.pick("", "", f" within {self.span()}", " since admission"),
            f"missed sessions{self.pick('', f' of {one}')} >= {dice.randint(1, 4)}"
            + self.pick(" in a row", " in a row", f" within {self.span()}", "", " since admission",
                        f" in a row within {self.span()}", " in a row since admission"),
            self.pick("overdose", "arrest", "overdose within 1 day", f"arrest within {self.span()}",
                      f"overdose 2 times within {self.span()}", "arrest 2 times", "overdose since admission"),
            f"days {self.pick('>=', '<')} {dice.randint(2, 30)}" + self.pick("", "", " since admission"),
            f"weeks {self.pick('>=', '<')} {dice.randint(1, 5)}",
            self.pick("track is day", "working", "age >= 30", "track is not day", "age is 25 to 40"),
        ]  # fmt: skip
        if self.supports:
            tests += [
                "attendance of circle >= 50%",
                "sessions of circle >= 2",
                "missed sessions of circle >= 2",
            ]
        if self.drugs:
            drug = self.pick(*self.drugs)
            tests += [f"taking {drug}", f"taking {drug} for {self.span()}"]
        return self.pick(*tests)

    def of_measure(self) -> str:
        return self.pick(
            "uds is negative", "uds is positive", "uds is not positive", "score < 8", "score >= 10",
            "score is mild", "score is not severe", "score is 4 to 9", "mood >= 5", "mood < 5", "agreed",
            "agreed is no", "uds is negative", "uds is positive", "uds is missing", "score is not missing",
        )  # fmt: skip

    def tail(self) -> str:
        times = self.pick("1 time", "2 times", "3 times")
        return self.pick(
            "", "", f" for {self.span()}", f" for {self.span()}", f" {times} within {self.span()}",
            f" {times}", f" {times} in a row", f" within {self.span()}", " since admission",
            f" {times} since admission", f" {times} in a row since admission",
            f" {times} in a row within {self.span()}",
        )  # fmt: skip

    def condition(self) -> str:
        parts = [
            self.pick("", "", "", "not ") + self.test() for _ in range(self.dice.choice((1, 1, 1, 2, 2, 3)))
        ]
        parts = [f"not ({p[4:]})" if p.startswith("not ") else p for p in parts]
        if len(parts) == 3:
            parts = [parts[0], f"({parts[1]} or {parts[2]})"]
            return " and ".join(parts)
        return self.pick(" and ", " or ").join(parts)

    # ------------------------------------------------------------------------------------ lines

    def _days(self, count: int = 0) -> str:
        chosen = self.dice.sample(WEEKDAYS, count or self.dice.randint(1, 4))
        return ", ".join(sorted(chosen, key=WEEKDAYS.index))

    def _where(self) -> str:
        first, last = sorted((self.dice.randint(1, 4), self.dice.randint(1, 6)))
        return self.pick(
            "", "", "", "", f" in weeks {first} to {last}", f" in weeks {first}, {last + 1} to {last + 2}",
            f" in days {first} to {first + 3 * last}", f" in plan weeks {first} to {last + 2}",
            f" in week {last}",
        )  # fmt: skip

    def frequency(self) -> tuple[str, bool]:
        """How often, with where in the week; and whether weeks may be named too."""
        low = self.dice.randint(1, 7)
        some = self.dice.randint(1, 4)
        at = self.pick("", "", "", " at 09:00", " at 18:00")
        return self.dice.choice([
            (f"{low} per week{at}", True), (f"{low} to {low + 2} per week", True), ("weekly" + at, True),
            ("daily" + at, True), (f"daily on {self._days()}", True), ("2 per day", True),
            ("2 per day at 09:00 and 18:00", True),
            (f"{some} per week on {self._days(some)}{at}", True),
            (f"weekly on {self.pick(*WEEKDAYS)}{at}", True), ("every 2 weeks", True), ("every 3 weeks", True),
            (f"every 2 weeks on {self.pick(*WEEKDAYS)}", True), ("every 10 days", True), ("every 3 days",
            True),
            (f"{self.dice.randint(1, 6)} per {self.dice.randint(2, 5)} weeks", True), ("2 per 10 days", True),
            (f"{self.dice.randint(2, 12)} sessions", True),
            (f"{self.dice.randint(2, 9)} sessions on {self._days()}", True),
            ("once", False), (f"once on {self.pick(*WEEKDAYS)}", False),
            (f"once on {self.pick(*WEEKDAYS)} within 5 days", False),
            ("once in weeks 1, 2 to 3, 5", False), ("once in week 2 or 3", False), ("once within 3 days",
            False),
            (f"once in days 3 to {low + 3}", False),
            (f"once on {self.pick(*WEEKDAYS)} in days 2 to 6, 9 to 14", False),
            (f"once on {self.pick(*WEEKDAYS)} in weeks 2 and 4", False), ("as needed", False),
            ("once in plan weeks 2 and 4", False),
            ("once in plan weeks 2 to 4", False), ("once on fri in plan week 3", False),
        ])  # fmt: skip

    def _called(self) -> str:
        """A line that something in the stay brings."""
        condition = self.condition()
        return self.pick(
            f"once when {condition}", f"once within 3 days when {condition}",
            f"once on {self.pick(*WEEKDAYS)} within 5 days when {condition}", f"once after {condition}",
            f"2 per week when {condition}", f"weekly on {self.pick(*WEEKDAYS)} when {condition}",
            f"daily for {self.span()} after {condition}", f"2 per week for {self.weeks()} after {condition}",
            f"2 per week on {self._days(2)} after {condition}", f"every 3 days when {condition}",
        )  # fmt: skip

    def service_line(self, name: str, extra: bool) -> str:
        if extra:
            much = self.pick("1 extra per week", "2 extra per week")
            rest = self.pick(
                "", f" while {self.condition()}", f" for {self.weeks()} after {self.condition()}",
                f" when {self.condition()}",
            )  # fmt: skip
            return f"{name} {much}{rest}"
        if self.maybe(0.25):
            return f"{name} {self._called()}"
        how, open_ = self.frequency()
        words = how + (self._where() if open_ else "")
        if self.maybe(0.15):
            words += f" after {self.dice.randint(1, 4)} sessions of {self.pick(*self.services)}"
        if self.maybe(0.1):
            words += " encouraged"
        if self.maybe(0.15):
            words += self.pick(" if track is evening", " if working", " if not working and age < 40")
        if self.maybe(0.25):
            words += f" while {self.condition()}"
        return f"{name} {words}"

    def assessment(self, name: str) -> str:
        if self.maybe(0.15):
            return f"assess {name} {self._called()}"
        if self.maybe(0.15):
            days = self.pick("", " on mon to fri", f" in weeks 1 to {self.dice.randint(1, 4)}")
            return f"assess {name} {self.dice.randint(1, 4)} per week at random{days}"
        often = self.pick("daily", "weekly", "2 per week", "every 2 weeks", "3 per week", "every 4 days")
        moments = [often]
        if self.maybe(0.3):
            moments.insert(0, "at start")
        if self.maybe(0.3):
            moments.append("at end")
        if self.maybe(0.1):
            moments = ["at start", "at end"]
        rest = self._where() if self.maybe(0.5) else ""
        on = {"daily": 3, "weekly": 1, "2 per week": 2, "every 2 weeks": 1, "3 per week": 3}.get(often, 0)
        if on and not rest and self.maybe(0.4):
            rest = f" on {self._days(on)}"
        if self.maybe(0.15):
            rest += f" while {self.condition()}"
        return f"assess {name} {', '.join(moments)}{rest}"

    # ----------------------------------------------------------------------------------- phases

    def _phase(self, place: int) -> str:
        name = self.phases[place]
        lines = [f"phase {name}"]
        if self.levels:
            lines.append(f"level {LEVELS[place]}")
        low = self.dice.choice((0, 1, 3, 7, 10, 14, 20))
        high = low + self.dice.choice((1, 4, 7, 11, 14, 21))
        if self.maybe(0.15):
            lines.append(f"lasts until {self.condition()}, at most {high} days")
        elif self.maybe(0.08):
            lines.append(f"lasts at least {max(low, 1)} days")
        else:
            lines.append(f"lasts {low} to {high} days" if low else f"lasts up to {high} days")
        if self.maybe(0.4):
            lines.append(
                self.pick(
                    "review weekly", "review every 5 days", "review every 2 weeks", "review every 3 days"
                )
            )
        lines.append(f"on return {self.pick('restart', 'resume')}")
        if len(self.phases) > 1 and self.maybe(0.3):
            other = self.pick(*(p for p in self.phases if p != name))
            lines.append(f"on return after {other} {self.pick('restart', 'resume')}")
        for service in (*self.services, *self.supports):
            if self.maybe(0.75):
                lines.append(self.service_line(service, False))
                if self.maybe(0.25):
                    lines.append(self.service_line(service, True))
        lines += self._assessments()
        self.dice.shuffle(exits := self._exits(place))
        lines += exits
        if not any("at least" in line for line in lines[:3]):
            lines += self._at_end(place)
        return "\n  ".join(lines)

    def _assessments(self) -> list[str]:
        lines = []
        for measure in MEASURES:
            if self.maybe(0.6):
                lines.append(self.assessment(measure))
                if self.maybe(0.15):
                    lines.append(f"assess {measure} {self._called()}")
        return lines

    def _to(self, place: int, target: int) -> str:
        if not self.levels:
            return f"move to {self.phases[target]}"
        return f"step {'down' if target > place else 'up'} to {self.phases[target]}"

    def _exits(self, place: int) -> list[str]:
        lines = []
        others = [p for p in range(len(self.phases)) if p != place]
        for target in others:
            if self.maybe(0.5):
                lines.append(f"{self._to(place, target)} when {self.condition()}")
        if self.maybe(0.2):
            lines.append(f"discharge as {self.pick('done', 'cut')} when {self.condition()}")
        return lines

    def _at_end(self, place: int) -> list[str]:
        lines = []
        if self.maybe(0.3):
            length, times = self.pick("3 days", "1 week"), self.pick("1 time", "2 times")
            lines.append(f"at end extend {length} at most {times} when {self.condition()}")
        others = [p for p in range(len(self.phases)) if p != place]
        if others and self.maybe(0.4):
            lines.append(f"at end {self._to(place, self.dice.choice(others))} when {self.condition()}")
        if place + 1 < len(self.phases) and self.maybe(0.8):
            last = self._to(place, place + 1)
        else:
            last = "discharge as done"
        return [*lines, f"at end {last}{self.pick('', ' otherwise')}"]

    def _anytime(self) -> list[str]:
        if self.maybe(0.5):
            return []
        excepted = f" except {self.pick(*self.phases)}" if len(self.phases) > 1 and self.maybe(0.3) else ""
        lines = [f"anytime{excepted}"]
        if self.maybe(0.6):
            lines.append(f"  discharge as gone when {self.condition()}")
        if self.maybe(0.4) or len(lines) == 1:
            how = "step up to" if self.levels else "move to"
            lines.append(f"  {how} {self.phases[0]} when {self.condition()}")
        return ["\n".join(lines)]

    # ------------------------------------------------------------------------------ medications

    def _medication(self, place: int, name: str) -> str:
        drug = {"film": "buprenorphine-naloxone", "shot": "naltrexone-xr", "pill": "naltrexone-oral"}[name]
        lines = [f"medication {name}", f"drug {drug}"]
        phase = self.pick(*self.phases)
        start = "start" + self.pick(f" in {phase}", f" in {phase}", "", f" in {', '.join(self.phases)}")
        start += self.pick("", "", f" within {self.dice.randint(1, 9)} days")
        start += self.pick("", f" when {self.condition()}", f" when {self.condition()}")
        lines.append(start)
        lines += self._doses(name)
        if self.maybe(0.5):
            lines.append(f"continue through {self.pick(*self.phases)}")
        else:
            lines.append(f"stop at end of {self.pick(*self.phases)}")
        if self.maybe(0.3):
            lines.append(f"stop when {self.condition()}")
        if self.maybe(0.3):
            lines.append(f"hold when {self.condition()}")
        if self.maybe(0.4):
            lines.append(f"on return {self.pick('restart', 'resume')}")
        if self.maybe(0.3):
            lines.append(f"on discharge as done {self.pick('stop', 'hand over')}")
        if place + 1 < len(self.drugs) and self.maybe(0.5):
            lines.append(f"if start fails use {self.drugs[place + 1]}")
        return "\n  ".join(lines)

    def _doses(self, name: str) -> list[str]:
        low, high = {"film": (4, 16), "shot": (100, 380), "pill": (25, 50)}[name]
        by = {"film": (3, 4), "shot": (140, 280), "pill": (25, 5)}[name][self.dice.randint(0, 1)]
        lines = []
        if self.maybe(0.5):
            lines.append(self.pick(
                f"induction {low} mg daily for 1 day", f"induction {low} mg daily for {self.span()}",
                f"induction {low} to {high} mg 2 per day for 4 days", f"induction {low} mg daily 2 times",
                f"titration from {low} mg to {high} mg by {by} mg every {self.dice.randint(1, 4)} days",
                f"induction {low} mg on {self._days()} 3 times", f"induction {low} mg every 3 days 2 times",
                f"induction {low} mg once", f"induction {low} mg 3 per week for 2 weeks",
            ))  # fmt: skip
            if self.maybe(0.2):
                lines.append(self.pick(f"also {low} mg every 2 days for 5 days",
                f"also {low} mg daily for 2 days",
                                       f"also {low} mg daily 3 times"))  # fmt: skip
        lines.append(self.pick(
            f"maintenance {high} mg daily", f"maintenance {low} to {high} mg daily",
            f"maintenance {high} mg every {self.dice.randint(2, 9)} days", f"maintenance {high} mg weekly",
            f"maintenance {high} mg on {self._days()}", f"maintenance {high} mg 3 per week",
            f"maintenance {high} mg daily for {self.span()}", f"maintenance {high} mg every 7 days 3 times",
        ))  # fmt: skip
        if " for " in lines[-1] or "times" in lines[-1]:
            lines += self.dice.choice((
                [], [f"taper from {high} mg to {low} mg by {by} mg every {self.dice.randint(1, 3)} days"],
                [f"then {low} mg daily"],
            ))  # fmt: skip
        if "every" in lines[-1] and "from" not in lines[-1] and self.maybe(0.7):
            low_day = self.dice.randint(1, 5)
            lines.append(f"keep {low_day} to {low_day + self.dice.randint(3, 9)} days between doses")
        return lines


def make_text(seed: int) -> str:
    """The text of a plan."""
    return Maker(seed).text()
