"""What lethe has to reach beside its peers, and a table of what it did reach."""

from dataclasses import dataclass

TOKENS = "tokens_per_second"
HEADER = ["", "lethe", "peer", "ratio", "peer, tcmalloc", "ratio", "of the floor", "bar", "met"]


@dataclass
class Cell:
    """A number of a table and whether it is good enough; None where it was not measured."""

    text: str = "-"
    is_met: bool | None = None


@dataclass
class SpeedBar:
    """Speed over the peer's, and the share of what matrix products alone would reach."""

    name: str
    workload: str
    key: str
    ratio: float
    allocator_ratio: float | None = None
    floor: float | None = None

    @property
    def wanted(self):
        wanted = [f"{self.ratio}x"]
        if self.allocator_ratio:
            wanted.append(f"{self.allocator_ratio}x")
        if self.floor:
            wanted.append(f"{self.floor:.0%}")
        return ", ".join(wanted)

    def row(self, results):
        measured = results[self.workload]
        speed = measured.lethe[self.key]
        peer, fast_peer = (
            side.get(self.key) for side in (measured.peer, measured.peer_with_allocator)
        )
        cells = [
            over(speed, peer, self.ratio),
            over(speed, fast_peer, self.allocator_ratio),
            share(measured.lethe.get("floor_share"), self.floor),
        ]
        asked = [self.ratio, self.allocator_ratio, self.floor]
        return [
            self.name, number(speed), number(peer), cells[0].text, number(fast_peer),
            cells[1].text, cells[2].text, self.wanted,
            verdict([cell.is_met for cell, bar in zip(cells, asked) if bar]),
        ]


@dataclass
class MemoryBar:
    """The most memory that a process may hold."""

    name: str
    workload: str
    gigabytes: float

    def row(self, results):
        measured = results[self.workload]
        own, peer, fast_peer = (
            side["peak_bytes"] / 1e9 if side else None
            for side in (measured.lethe, measured.peer, measured.peer_with_allocator)
        )
        return [
            self.name, number(own), number(peer), over(own, peer).text, number(fast_peer),
            over(own, fast_peer).text, "-", f"at most {self.gigabytes} GB",
            verdict([own <= self.gigabytes]),
        ]


@dataclass
class SteadyBar:
    """A longer batch is as fast as a short one, up to the scatter of a measurement."""

    name: str
    workload: str
    shorter: str
    tolerance: float = 0.03

    def row(self, results):
        measured = results[self.workload]
        speed, peer = (side.get(TOKENS) for side in (measured.lethe, measured.peer))
        floor = share(measured.lethe["floor_share"], None)
        shorter = results.get(self.shorter)
        ratio = speed / shorter.lethe[TOKENS] if shorter else None
        wanted = "as at 4 x 256" + (f" (is {ratio:.2f}x)" if ratio else "")
        return [
            self.name, number(speed), number(peer), over(speed, peer).text, "-", "-", floor.text,
            wanted, verdict([ratio and ratio >= 1 - self.tolerance]),
        ]


BARS = [
    SpeedBar("SmolLM2-135M full, 4 x 256, tokens/s", "full", TOKENS, 2.2, 1.45, 0.85),
    SpeedBar("SmolLM2-135M LoRA r16, 4 x 256, tokens/s", "lora", TOKENS, 2.1, 1.45, 0.8),
    SteadyBar("SmolLM2-135M full, 8 x 512, tokens/s", "long", "full"),
    MemoryBar("peak memory full, 4 x 256, GB", "full", 3.2),
    MemoryBar("peak memory LoRA r16, 4 x 256, GB", "lora", 1.8),
    SpeedBar("1 M parameters full, 16 x 128, tokens/s", "tiny_full", TOKENS, 2.2),
    SpeedBar("1 M parameters LoRA r8, 16 x 128, tokens/s", "tiny_lora", TOKENS, 2.2),
    SpeedBar("HellaSwag, items/s", "hellaswag", "items_per_second", 3.0),
    SpeedBar("GSM8K 5-shot, written tokens/s", "generation", TOKENS, 3.0),
]


def over(own, other, bar=None):
    if own is None or other is None:
        return Cell()
    return Cell(f"{own / other:.2f}", bar is None or own / other >= bar)


def share(value, bar):
    if value is None:
        return Cell()
    return Cell(f"{value:.0%}", bar is None or value >= bar)


def verdict(parts):
    """Met if all parts are; open if one that could decide was not measured."""
    if False in parts:
        return "no"
    return "open" if None in parts else "yes"


def number(value):
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def table(results):
    """The lines of a Markdown table of all bars whose workload was measured."""
    rows = [bar.row(results) for bar in BARS if bar.workload in results]
    rule = ["---"] + ["---:"] * 6 + ["---", "---"]
    return ["| " + " | ".join(row) + " |" for row in [HEADER, rule, *rows]]
