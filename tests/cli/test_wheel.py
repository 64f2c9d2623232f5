"""The wheel, away from the checkout: everything the program reads travels in it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_an_installed_wheel_holds_prompts_bank_and_weights(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    environment = {**os.environ, "PYTHONPATH": str(site), "COACH_DATA_DIR": str(tmp_path / "data")}
    program = (
        "import coach\n"
        "from coach.settings import Settings\n"
        "from coach.ui import server\n"
        "from coach.wiring import build\n"
        "from coach.domain.question import Question\n"
        "practice = build(Settings()).practice\n"
        "feedback, _ = practice.score(practice.bank.questions[0], 'Last year I had a client who lost her home. The office refused her twice. '\n"
        "    'I asked what she wanted and appealed. She moved in May.')\n"
        "print(coach.__file__, len(practice.bank.questions), practice.rubric.version, feedback.state, 'theme.base' in server.config())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == [str(site / "coach" / "__init__.py"), "131", "1", "checks_only", "True"]
