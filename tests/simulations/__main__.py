"""Prints the figures that the README tells: `python -m tests.simulations`, some minutes."""

from __future__ import annotations

from tests.support import drawing

ROUNDS, ORGANISATIONS = 20_000, 300
HEARD = ((5, 30), (9, 30), (12, 30), (5, 8), (45, 200))


def main() -> None:
    print(f"Intervals, {ROUNDS} rounds, seed 0: holds the mean of all (with the own deviation)")
    for situation in (
        drawing.BADLY_OFF, drawing.TWO_CAMPS, drawing.WIDE, drawing.ALIKE, drawing.ONE_QUESTION,
        drawing.ONE_PRACTICE,
    ):  # fmt: skip
        for n, heads in HEARD:
            now, before = drawing.covered(situation, n, heads, ROUNDS)
            print(f"  {situation.name}, {n} of {heads}: {now:.1%} ({before:.1%})", flush=True)
    print(f"Of {ORGANISATIONS} organisations without any difference, seed 0, so many have")
    for name, sizes in (
        ("small", drawing.SMALL),
        ("like the demonstration", drawing.LIKE_THE_DEMONSTRATION),
        ("middling", drawing.MIDDLING),
        ("large", drawing.LARGE),
    ):
        found = list(drawing.organisations(sizes, ORGANISATIONS))
        shares = ", ".join(
            f"{what} {sum(any(map(test, gaps)) for gaps in found)}"
            for what, test in (
                ("a finding", lambda gap: gap.finding),
                ("a clear gap", lambda gap: gap.evidence == "clear"),
                ("a possible one", lambda gap: gap.evidence == "possible"),
            )
        )
        first = sum(any(gap.finding for gap in gaps) for gaps in found[:60])
        print(f"  {name}: {shares}; of the first sixty a finding {first}", flush=True)


main()
