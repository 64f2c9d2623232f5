"""OpenQuestions of the bank, by what they would do for the skills they ask for."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean

from coach.domain.plan import Item, ItemKind, Offer, days_ago
from coach.domain.question import Competency, Difficulty, Kind, Question
from coach.domain.rubric import Rubric
from coach.ports import Questions
from coach.prepare.plan.facts import ahead, counted, sentence
from coach.prepare.plan.look import Look, local_day, need

QUESTION_MINUTES = 10  # to answer, read the feedback and say the weak part again
_JOB = 0.12  # what it is worth more that the job asks for it, and the same that it is likely there, or about the people it serves
_OWN_SHARE = 0.25  # how much a question's own level counts beside the competencies it asks for


_FIRST = 1.0  # without one rated answer nothing else can be planned


@dataclass(frozen=True)
class OpenQuestions:
    """OpenQuestions never tried, and those that are due; of those that are not due, the one that is remembered least, if nothing else is left.

    Hard ones wait until one of their competencies was tried; those of another setting than the job's are left out.
    """

    bank: Questions
    rubric: Rubric

    def offers(self, look: Look) -> Iterator[Offer]:
        """One offer a question."""
        fitting = [question for question in self.bank.now().questions if _fits(question, look)]
        if not look.by_then:
            easy = [one for one in fitting if one.difficulty is Difficulty.WARM_UP]
            fitting = [one for one in easy if one.kind is Kind.GENERAL] or easy or fitting
        open_ones = [question for question in fitting if _is_open(question, look)]
        if not open_ones:
            open_ones = sorted(fitting, key=lambda one: look.questions[one.key].memory.recall)[:1]
        for question in open_ones:
            yield Offer(item=_item(question), worth=_worth(question, look), reason=self._reason(question, look))

    def _reason(self, question: Question, look: Look) -> str:
        if not look.by_then:
            return "One rated answer shows where you stand, and this question is a good one to begin with."
        return sentence(*_job(question, look), *self._skills(question, look), _own(question, look), ahead(look))

    def _skills(self, question: Question, look: Look) -> Iterator[str]:
        """What the question's neediest competency is at; and the weakest criterion, where that wants practice more."""
        competency = max(question.competencies, key=lambda one: need(look.competencies.get(one)), default=None)
        criterion = look.weakest_criterion
        if criterion and look.criteria[criterion].need >= (
            need(look.competencies.get(competency)) if competency else 0
        ):
            skill = look.criteria[criterion]
            yield f"{self.rubric.of(criterion).name} is your weakest criterion ({counted(skill.level, skill.answers)})"
        if competency is None:
            return
        tried = look.competencies.get(competency)
        if tried is None:
            yield f"no rated answer of yours shows {_named(competency)} yet"
        elif competency is look.weakest_competency:
            yield f"{_named(competency)} is your weakest competency ({counted(tried.level, tried.answers)})"
        else:
            yield f"{_named(competency)} stands at {counted(tried.level, tried.answers)}"


def _fits(question: Question, look: Look) -> bool:
    setting = look.appointment.details.setting if look.appointment else None
    if setting and question.settings and setting not in question.settings:
        return False
    if setting is None and look.aim and not look.aim.may_ask(question):
        return False
    early = question.difficulty is Difficulty.HARD and not any(c in look.competencies for c in question.competencies)
    return not early or question.key in look.questions


def _is_open(question: Question, look: Look) -> bool:
    own = look.questions.get(question.key)
    return own is None or local_day(own.memory.due) <= look.today


def _worth(question: Question, look: Look) -> float:
    if not look.by_then:
        return _FIRST
    own = need(look.questions.get(question.key))
    asked = fmean(need(look.competencies.get(c)) for c in question.competencies) if question.competencies else own
    return min(1.0, (1 - _OWN_SHARE) * asked + _OWN_SHARE * own + _JOB * len(list(_job(question, look))))


def _job(question: Question, look: Look) -> Iterator[str]:
    """What makes a question one for the job that leads."""
    if look.aim is None:
        return
    shown = look.aim.asks_for(question)
    if question.key in look.aim.likely:
        yield "the job you prepare for makes this question likely"
    elif shown:
        yield f"the job you prepare for asks for {_named(shown)}"
    if question.key in look.aim.about:
        yield "it is about people the job serves"


def _item(question: Question) -> Item:
    return Item(
        kind=ItemKind.QUESTION,
        ref=question.key,
        title=question.text,
        minutes=QUESTION_MINUTES,
        competencies=question.competencies,
    )


def _own(question: Question, look: Look) -> str:
    own = look.questions.get(question.key)
    if own is None:
        return "you have not tried this question yet"
    last, due = look.days_since(own.memory.last), look.days_since(own.memory.due)
    back = "it is not due yet, but nothing else is" if due < 0 else f"it is due{_since(due)}"
    return f"you answered it {days_ago(last)} at {own.level:.1f} of 5, and {back}"


def _since(days: int) -> str:
    return " today" if days == 0 else f" since {days_ago(days)}" if days == 1 else f" for {days} days"


def _named(competency: Competency) -> str:
    return competency.label[0].lower() + competency.label[1:]
