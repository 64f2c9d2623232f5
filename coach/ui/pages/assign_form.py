"""The form of an assignment: to whom, what, how, until when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from coach.domain.assignment import LONGEST_NOTE, LONGEST_TITLE, MOST_TAKES, Assignment, Way
from coach.domain.guide import Guide
from coach.domain.interview import LONGEST_THINKING_S, MOST_QUESTIONS, Asked
from coach.domain.people import Person
from coach.domain.question import Question
from coach.errors import CoachError
from coach.ui.resources import services
from coach.ui.widgets.assignment import WAYS
from coach.ui.widgets.guide import limit_name, limits_with
from coach.ui.widgets.html import aside

_TAKES = (None, 1, 2, 3, 5, MOST_TAKES)
_GUIDE, _BANK = "An interview guide", "Questions from the bank"
_TAKES_HELP = "How often an answer may be recorded. Typing is free of it."


@dataclass(frozen=True)
class AssignForm:
    """A new assignment (``before`` None), or changes of one. ``on_done`` is told the id of what was made, or what was there."""

    who: Person
    before: Assignment | None
    guide: str | None
    on_done: Callable[[str | None], None]

    def draw(self) -> None:
        """Draw the fields, and the button that gives it."""
        st.title("Edit" if self.before else "Give an assignment")
        cohort = self._cohort()
        whole, students = self._to_whom(cohort)
        fields: dict[str, Any] = {"whole": whole, "students": students, **self._what()}
        fields |= self._how(fields)
        st.subheader("Until when")
        fields["due"] = self._due()
        note = self.before.note if self.before else ""
        fields["note"] = st.text_area("Note to the students", note, max_chars=LONGEST_NOTE, height=100)
        aside(
            "What you will see",
            "That each began it and handed it in, and when. Anything more, only as far as the student shares it.",
        )
        with st.container(horizontal=True):
            if st.button("Save" if self.before else "Give it", type="primary", icon=":material/assignment_turned_in:"):
                self._give(cohort, fields)
            st.button(
                "Leave it", type="tertiary", on_click=self.on_done, args=(self.before.id if self.before else None,)
            )

    # ── to whom ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _cohort(self) -> str:
        cohorts = services().cohorts
        if self.before:
            return self.before.cohort
        names = {one.id: one.name for one in cohorts.all_of(self.who) if not one.archived_at}
        return st.selectbox("Cohort", list(names), format_func=names.__getitem__)

    def _to_whom(self, cohort: str) -> tuple[bool, tuple[str, ...]]:
        names = {one.person.id: one.person.name for one in services().cohorts.members(self.who, cohort)}
        before = self.before
        choices = {True: "The whole cohort, and whoever joins later", False: "Some students"}
        whole = st.radio(
            "For",
            list(choices),
            index=int(bool(before and not before.whole)),
            format_func=choices.__getitem__,
            horizontal=True,
        )
        if whole:
            return True, ()
        chosen = [one for one in before.students if one in names] if before else []
        return False, tuple(st.multiselect("Students", list(names), chosen, format_func=names.__getitem__))

    # ── what ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _what(self) -> dict[str, Any]:
        st.subheader("What")
        if self.before:
            asked = services().assignments.questions(self.before)
            st.markdown("\n".join(f"1. {question.text}" for _, question in asked))
            st.caption("For other questions, give a new one.")
            return {"title": self._title(self.before.title)}
        guides = {one.id: one for one in services().guides.all_of(self.who) if one.questions and not one.archived_at}
        ways = [_GUIDE, _BANK] if guides else [_BANK]
        source = ways[0]
        if len(ways) > 1:
            source = st.segmented_control("From", ways, default=ways[0], required=True, label_visibility="collapsed")
        return self._from_guide(guides) if source == _GUIDE else self._from_bank()

    def _from_guide(self, guides: dict[str, Guide]) -> dict[str, Any]:
        order = list(guides)
        index = order.index(self.guide) if self.guide in guides else 0
        guide = guides[st.selectbox("Guide", order, index=index, format_func=lambda one: guides[one].called)]
        st.markdown("\n".join(f"1. {question.text}" for _, question in services().guides.questions(guide)))
        st.caption("It is given as it is now. What you change in the guide afterwards changes nothing here.")
        return {
            "title": self._title(guide.called, guide.id),
            "guide": guide.id,
            "questions": guide.questions,
            "setting": guide.setting,
            "limit_s": guide.limit_s,
            "thinking_s": guide.thinking_s,
            "probes": guide.probes,
        }

    def _from_bank(self) -> dict[str, Any]:
        chosen: list[Question] = st.multiselect(
            "Questions, in order",
            services().practice.bank.questions,
            format_func=lambda one: one.text,
            max_selections=MOST_QUESTIONS,
            placeholder="Type words of a question",
        )
        questions = tuple(Asked(key=one.key, version=one.version) for one in chosen)
        return {"title": self._title(""), "questions": questions}

    @staticmethod
    def _title(value: str, of: str = "") -> str:
        return st.text_input(
            "Title, as students see it",
            value,
            max_chars=LONGEST_TITLE,
            placeholder="Week 3: hard conversations",
            key=f"title-{of}" if of else None,
        )

    # ── how ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _how(self, chosen: dict[str, Any]) -> dict[str, Any]:
        before, usual = self.before, self.before.model_dump() if self.before else chosen
        st.subheader("How")
        way = before.way if before else st.radio("It is done as", list(Way), format_func=WAYS.__getitem__)
        of = usual.get("guide") or ""
        left, right = st.columns(2)
        limits = limits_with(usual.get("limit_s", 120))
        limit = left.selectbox(
            "Time for each answer",
            limits,
            index=limits.index(usual.get("limit_s", 120)),
            format_func=limit_name,
            key=f"limit-{of}",
            help="Where a question of a guide has a time of its own, that holds",
        )
        takes = right.selectbox(
            "Recordings of an answer",
            _TAKES,
            index=_TAKES.index(usual.get("takes")) if usual.get("takes") in _TAKES else 0,
            format_func=lambda one: "As many as they like" if one is None else f"{one} at the most",
            help=_TAKES_HELP,
        )
        how: dict[str, Any] = {"way": way, "limit_s": limit, "takes": takes}
        if way is not Way.SINGLE:
            thinking, probes = usual.get("thinking_s", 15), usual.get("probes", True)
            how["thinking_s"] = left.slider(
                "Seconds to think before each answer", 0, LONGEST_THINKING_S, thinking, step=5, key=f"thinking-{of}"
            )
            how["probes"] = right.toggle("Follow-up questions", probes, key=f"probes-{of}")
        return how

    def _due(self) -> date | None:
        earliest = services().assignments.today
        value = self.before.due if self.before else None
        return st.date_input(
            "Due at the end of (leave it empty for no day)",
            value,
            min_value=min(earliest, value) if value else earliest,
            format="DD/MM/YYYY",
        )

    def _give(self, cohort: str, fields: dict[str, Any]) -> None:
        if trouble := self._missing(fields):
            st.warning(trouble)
            return
        assignments = services().assignments
        try:
            one = (
                assignments.save(self.who, self.before.id, **fields)
                if self.before
                else assignments.give(self.who, cohort, **fields)
            )
        except CoachError as error:
            st.error(str(error), icon=":material/error:")
            return
        self.on_done(one.id)
        st.rerun()

    def _missing(self, fields: dict[str, Any]) -> str:
        if not fields["title"].strip():
            return "Give it a title: students see it on their first page."
        if not self.before and not fields["questions"]:
            return "Choose at least one question."
        if not fields["whole"] and not fields["students"]:
            return "Choose the students it is for."
        return ""
