"""Prints the table of docs/licences.md: every package of requirements.lock as installed here, with the licence it declares.

usage: python -m bench.licences > table.md
"""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"


def licence(name: str) -> str:
    """What a package declares: the expression, else the classifiers, else the first line of the old field."""
    try:
        declared = metadata(name)
    except PackageNotFoundError:
        return "(not installed on this platform)"
    if declared["License-Expression"]:
        return str(declared["License-Expression"])
    classifiers = [c.split(" :: ")[-1] for c in declared.get_all("Classifier") or [] if c.startswith("License ::")]
    return ", ".join(classifiers) or (declared["License"] or "not declared").strip().splitlines()[0]


def main() -> None:
    """Print the table."""
    print("| package | version | licence |\n|---|---|---|")
    for name, version in re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", LOCK.read_text("utf-8"), re.MULTILINE):
        print(f"| {name} | {version} | {licence(name)} |")


if __name__ == "__main__":
    main()
