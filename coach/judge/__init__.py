"""The judge: prompt files, an OpenAI-compatible endpoint, and ratings that quote the answer."""

from coach.judge.doctor import doctor
from coach.judge.judge import Judge, NoJudge

__all__ = ["Judge", "NoJudge", "doctor"]
