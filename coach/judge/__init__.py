"""The judge: prompt files, an OpenAI-compatible endpoint, and ratings that quote the answer."""

from coach.judge.chosen import AnyJudge, ChosenDoor, ChosenJudge
from coach.judge.doctor import doctor
from coach.judge.door import Door, Terms
from coach.judge.follow_up import Prober
from coach.judge.inquiry import Inquiry
from coach.judge.job_questions import Proposals, job_questions
from coach.judge.judge import Judge, NoJudge
from coach.judge.ledger import Ledger, SpendingOnly
from coach.judge.measured import Agreement, Measured, Measurements
from coach.judge.pair import JudgePair
from coach.judge.presets import HOSTED, Noticed, Preset, models, noticed
from coach.judge.prices import prices, said
from coach.judge.request import Endpoint, shown_address
from coach.judge.role_play import OtherTurn, role_play
from coach.judge.serving import OpenModel, open_models, serve

__all__ = [
    "HOSTED",
    "Agreement",
    "AnyJudge",
    "ChosenDoor",
    "ChosenJudge",
    "Door",
    "Endpoint",
    "Inquiry",
    "Judge",
    "JudgePair",
    "Ledger",
    "Measured",
    "Measurements",
    "NoJudge",
    "Noticed",
    "OpenModel",
    "OtherTurn",
    "Preset",
    "Prober",
    "Proposals",
    "SpendingOnly",
    "Terms",
    "doctor",
    "job_questions",
    "models",
    "noticed",
    "open_models",
    "prices",
    "role_play",
    "said",
    "serve",
    "shown_address",
]
