"""``python -m tests.mutation``: change the reference backend in small ways, and say which changes the suite notices."""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.mutation._ledger import APART, KINDS, LedgerError, reasons, sorted_out
from tests.mutation._mutants import Mutant, mutants
from tests.mutation._reach import measured
from tests.mutation._trying import Tried, attempts


def main(arguments: Sequence[str] | None = None) -> int:
    """Try mutants, print those that nothing noticed and the totals by part."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--sample", type=int, default=400, metavar="N", help="how many, from every file (400; 0: all)")
    parser.add_argument("--seed", type=int, default=0, help="what is drawn depends on (0)")
    parser.add_argument("-k", dest="keyword", default="", help="only mutants whose place or change contains this")
    parser.add_argument("--checks", nargs="+", default=[""], metavar="WORD", help="only checks of clauses with this")
    parser.add_argument("--limit", type=int, default=0, metavar="N", help="on how many checks each is tried (0: all)")
    parser.add_argument(
        "--listed", default="", choices=[*KINDS, *APART], help="try those that the list says are of this kind"
    )
    parser.add_argument("--reach", type=Path, default=Path("out/mutation.reach"), help="where reach is remembered")
    parser.add_argument("-n", dest="processes", type=int, default=2, metavar="N", help="processes (2)")
    options = parser.parse_args(arguments)
    made = list(mutants())
    try:
        kinds = sorted_out(made, reasons())
    except LedgerError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    named = [mutant for mutant in made if options.keyword in mutant.key or options.keyword in mutant.id]
    wanted = {options.listed} if options.listed else {"", *APART}
    counted = [mutant for mutant in named if kinds.get(mutant.key, "") in wanted]
    if not counted:
        sys.stderr.write(f"error: no mutant with {options.keyword!r} in its name is to be tried\n")
        return 2
    chance = random.Random(options.seed)
    chosen = sample(counted, options.sample, chance)
    chance.shuffle(chosen)
    listed = Counter(kinds[one.key] for one in named if one.key in kinds)
    _say(f"{len(named)} mutants are made; {_told(listed)}")
    _say(f"{len(chosen)} of {len(counted)} are tried" if not options.listed else f"{len(chosen)} are tried")
    started = time.monotonic()
    reach = measured(made, options.reach, options.processes, options.checks, _say)
    _say(f"{len(reach)} checks, known by {time.monotonic() - started:.0f} s")
    tried: list[Tried] = []
    try:
        for one in attempts(made, chosen, reach, options.processes, options.limit):
            tried.append(one)
            if one.noticed is None:
                _say(f"{one.outcome}: {one.mutant.id}  ({one.checks} checks evaluate it)\n    {one.mutant.key}")
            if len(tried) % 50 == 0:
                _say(f"  {len(tried)} of {len(chosen)}")
    except KeyboardInterrupt:
        _say(f"interrupted after {len(tried)} of {len(chosen)}, which are tried in random order")
    _conclude(tried, {} if options.listed else kinds, time.monotonic() - started)
    return 0


def sample(counted: Sequence[Mutant], size: int, chance: random.Random) -> list[Mutant]:
    """Return ``size`` mutants (0: all), from each file as many as its share, by a systematic draw."""
    if not size or size >= len(counted):
        return list(counted)
    by_file: dict[str, list[Mutant]] = {}
    for mutant in counted:
        by_file.setdefault(mutant.module, []).append(mutant)
    shuffled = [one for file in sorted(by_file) for one in chance.sample(by_file[file], len(by_file[file]))]
    step = len(shuffled) / size
    start = chance.random() * step
    return [shuffled[min(int(start + step * number), len(shuffled) - 1)] for number in range(size)]


def _told(listed: Counter[str]) -> str:
    parts = [f"{listed[kind]} {kind}" for kind in [*KINDS, *APART] if listed[kind]]
    return f"not counted, or apart: {', '.join(parts)}" if parts else "all are counted"


def _conclude(tried: Sequence[Tried], kinds: Mapping[str, str], seconds: float) -> None:
    parts: dict[str, Counter[str]] = {}
    apart: dict[str, Counter[str]] = {}
    for one in tried:
        kind = kinds.get(one.mutant.key)
        rows, row = (parts, one.mutant.module.partition(".")[0]) if kind is None else (apart, APART[kind])
        rows.setdefault(row, Counter())[one.outcome] += 1
    _say(f"\n{'part':<22}{'noticed':>9}{'survived':>10}{'not run':>9}{'share':>9}")
    whole = {"all": sum(parts.values(), Counter())} if parts else {}
    for part, counts in [*sorted(parts.items()), *whole.items(), *sorted(apart.items())]:
        share = f"{100 * counts['noticed'] / counts.total():.1f} %"
        name = f"apart: {part}" if part in apart else part
        _say(f"{name:<22}{counts['noticed']:>9}{counts['survived']:>10}{counts['not run']:>9}{share:>9}")
    _say(f"\n{len(tried)} mutants in {seconds:.0f} s. Not run: no check evaluates what was changed; they count too.")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main())
