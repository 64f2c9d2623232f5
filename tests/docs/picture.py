"""Draws the rooms of the code and who imports whom, from the contract in pyproject.toml and the imports themselves.

    python -m tests.docs.picture      # writes docs/pictures/rooms.svg anew

Rows are the layers of the contract, the top one first; a line goes from a room to one it imports. What a room reaches by way of another anyway
is not drawn a second time. Bold lines pass no row in between. A room's docstring stands in its tooltip.
"""

import ast
import html
import tomllib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from statistics import fmean

import grimp

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "docs" / "pictures" / "rooms.svg"
WIDTH, ROW, BOX = 1000, 74, 34
STYLE = """
svg { font: 15px system-ui, sans-serif; } text { fill: #1f2a2e; text-anchor: middle; dominant-baseline: central; }
rect { fill: #ffffff; stroke: #0f6b63; stroke-width: 1.5; rx: 8px; } path { fill: none; stroke: #566168; stroke-opacity: 0.45; }
path.next { stroke: #0f6b63; stroke-opacity: 0.9; stroke-width: 1.6; }
@media (prefers-color-scheme: dark) { text { fill: #e8ebe9; } rect { fill: #1a2225; stroke: #5cc2b5; }
  path { stroke: #a9b5b6; } path.next { stroke: #5cc2b5; } }
"""
Rooms = Mapping[str, frozenset[str]]


def layers() -> list[list[str]]:
    """The layers of the first contract, the top one first, each with its rooms."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    named = next(one["layers"] for one in contracts if one["type"] == "layers")
    return [[room.strip() for room in layer.split("|")] for layer in named]


def imports(rooms: Collection[str]) -> Rooms:
    """Which rooms each room imports."""
    graph = grimp.build_graph("coach")
    for room in rooms:
        graph.squash_module(f"coach.{room}")
    return {
        room: frozenset(
            name
            for one in graph.find_modules_directly_imported_by(f"coach.{room}")
            if (name := one.removeprefix("coach.")) in rooms and name != room
        )
        for room in rooms
    }


def reduced(rooms: Rooms) -> Rooms:
    """The same without what is reached by way of another room."""

    def reach(room: str) -> frozenset[str]:
        return rooms[room] | frozenset(further for one in rooms[room] for further in reach(one))

    return {
        room: direct - frozenset(further for one in direct for further in reach(one)) for room, direct in rooms.items()
    }


def purpose(room: str) -> str:
    """The first line of a room's docstring."""
    at = ROOT / "coach" / room
    source = at / "__init__.py" if at.is_dir() else at.with_suffix(".py")
    return (ast.get_docstring(ast.parse(source.read_text("utf-8"))) or room).partition("\n")[0]


def ordered(rows: Sequence[Sequence[str]], lines: Rooms) -> list[list[str]]:
    """Each row's rooms from left to right, below those that import them, so that few lines cross."""
    at: dict[str, float] = {}
    placed: list[list[str]] = []
    for row in rows:
        above = {room: [at[one] for one in at if room in lines[one]] for room in row}
        order = sorted(row, key=lambda room: (fmean(above[room]) if above[room] else 0.5, room))
        at |= {room: (n + 0.5) / len(order) for n, room in enumerate(order)}
        placed.append(order)
    return placed


def drawn() -> str:
    """The picture as SVG."""
    rows = layers()
    direct = imports([room for row in rows for room in row])
    lines = reduced(direct)
    rows = ordered(rows, lines)
    middle = {
        room: ((n + 0.5) * WIDTH / len(row), (line + 0.5) * ROW)
        for line, row in enumerate(rows)
        for n, room in enumerate(row)
    }
    paths = [_path(middle[room], middle[other]) for room in middle for other in sorted(lines[room])]
    boxes = [_box(room, *middle[room], sorted(direct[room])) for row in rows for room in row]
    height = len(rows) * ROW
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="name">',
            '<title id="name">The rooms of the code in their layers; lines lead from a room to what it imports</title>',
            f"<style>{STYLE}</style>",
            *paths,
            *boxes,
            "</svg>\n",
        ]
    )


def _path(above: tuple[float, float], below: tuple[float, float]) -> str:
    (x, y), (to_x, to_y) = above, below
    start, end = y + BOX / 2, to_y - BOX / 2
    bend = min(end - start, 2 * ROW) / 2
    near = ' class="next"' if to_y - y <= ROW else ""
    return f'<path{near} d="M{x:.0f} {start:.0f} C{x:.0f} {start + bend:.0f} {to_x:.0f} {end - bend:.0f} {to_x:.0f} {end:.0f}"/>'


def _box(room: str, x: float, y: float, others: Sequence[str]) -> str:
    wide = 26 + 8.8 * len(room)
    told = html.escape(f"{purpose(room)} Imports: {', '.join(others) or 'nothing of ours'}.")
    return (
        f'<g><title>{told}</title><rect x="{x - wide / 2:.0f}" y="{y - BOX / 2:.0f}" width="{wide:.0f}" height="{BOX}"/>'
        f'<text x="{x:.0f}" y="{y:.0f}">{room}</text></g>'
    )


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(drawn(), "utf-8")
