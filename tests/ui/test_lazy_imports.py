"""What takes long to load is not loaded before it is needed. (Plotly, which Streamlit loads itself, is no concern of ours.)"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("faster_whisper", "ctranslate2", "av", "spacy", "presidio_analyzer", "onnxruntime", "tokenizers")
HEAVY += ("openai", "sounddevice", "reportlab", "sklearn", "pypdf", "docx", "psycopg", "procrastinate")
STARTED = f"""
import sys
from coach.ui import server
from coach.ui.resources import services
services()
import coach.ui.pages.today, coach.ui.pages.progress, coach.ui.pages.cohorts, coach.ui.pages.practise, coach.ui.pages.interview
print(*(name for name in {HEAVY!r} if name in sys.modules))
"""


def test_the_app_starts_and_knows_its_pages_without_what_listens_reads_judges_draws_or_prints(tmp_path: Path) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("COACH_", "OPENAI_", "DATABASE_"))}
    loaded = subprocess.run(
        [sys.executable, "-c", STARTED],
        cwd=tmp_path,
        env={**kept, "PYTHONPATH": str(ROOT), "COACH_DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.split() == []
