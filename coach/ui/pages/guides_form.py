"""The form of a guide: every field is kept as soon as it is left."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from coach.domain.guide import LONGEST_NAME, LONGEST_WORDS, Guide
from coach.domain.interview import LONGEST_THINKING_S, MOST_QUESTIONS, MOST_WANTED, Asked
from coach.domain.people import Person
from coach.domain.question import Competency, Question
from coach.domain.rubric import Criterion
from coach.ui import session
from coach.ui.resources import services
from coach.ui.widgets.guide import limit_name, limits_with
from coach.ui.widgets.html import draw, text
from coach.ui.widgets.question import kind_label
from coach.ui.widgets.setting import setting_box
from coach.ui.widgets.telling import done

_NOTE = 500  # characters


@dataclass(frozen=True)
class GuideForm:
    """The fields of one guide of one's own."""

    who: Person
    guide: Guide

    def draw(self) -> None:
        """Draw all fields."""
        guide = self.guide
        left, right = st.columns(2)
        with left:
            self._text("Name", "name", guide.name, "Second interview, hospital")
            self._several("It is to show", "competencies", list(Competency), lambda one: one.label)
        with right:
            self._text("The job", "role", guide.role, "Discharge planner")
            self._setting()
        self._questions()
        st.subheader("How it is asked")
        left, right = st.columns(2)
        with left:
            self._limit()
        with right:
            key = self._key("thinking_s")
            st.slider(
                "Seconds to think before each answer",
                0,
                LONGEST_THINKING_S,
                guide.thinking_s,
                step=5,
                key=key,
                on_change=self._save,
                args=("thinking_s", key),
            )
        key = self._key("probes")
        st.toggle("Follow-up questions", guide.probes, key=key, on_change=self._save, args=("probes", key))
        self._words("What you say first", "opening", guide.opening)
        self._words("What you say at the end", "closing", guide.closing)
        names = {anchors.criterion: anchors.name for anchors in services().practice.rubric.anchors}
        self._several("On the rating sheet, with what each level means", "criteria", list(Criterion), names.__getitem__)

    # ── fields ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _text(self, label: str, field: str, value: str, example: str) -> None:
        key = self._key(field)
        st.text_input(
            label, value, max_chars=LONGEST_NAME, placeholder=example, key=key, on_change=self._save, args=(field, key)
        )

    def _words(self, label: str, field: str, value: str) -> None:
        key = self._key(field)
        st.text_area(label, value, max_chars=LONGEST_WORDS, height=80, key=key, on_change=self._save, args=(field, key))

    def _several(self, label: str, field: str, options: list[Any], name: Callable[[Any], str]) -> None:
        key = self._key(field)
        st.multiselect(
            label,
            options,
            list(getattr(self.guide, field)),
            format_func=name,
            key=key,
            on_change=self._save,
            args=(field, key),
        )

    def _setting(self) -> None:
        key = self._key("setting")
        setting_box("Where the job is", self.guide.setting, key=key, on_change=self._save, args=("setting", key))

    def _limit(self) -> None:
        key, options = self._key("limit_s"), limits_with(self.guide.limit_s)
        st.selectbox(
            "Time for each answer",
            options,
            index=options.index(self.guide.limit_s),
            format_func=limit_name,
            key=key,
            on_change=self._save,
            args=("limit_s", key),
        )

    # ── questions ────────────────────────────────────────────────────────────────────────────────────────────────

    def _questions(self) -> None:
        held = services().guides.questions(self.guide)
        st.subheader(f"Questions ({len(held)} of {MOST_QUESTIONS} at the most)" if held else "Questions")
        for number, (asked, question) in enumerate(held):
            with st.container(border=True):
                self._question(number, asked, question, last=number == len(held) - 1)
        if len(held) < MOST_QUESTIONS:
            key = self._key("add")
            st.selectbox(
                "Add a question",
                self._fitting({asked.key for asked, _ in held}),
                index=None,
                format_func=_listed,
                placeholder="Type words of it; what fits the guide comes first",
                key=key,
                on_change=self._add,
                args=(key,),
            )

    def _fitting(self, taken: set[str]) -> list[Question]:
        """The bank's questions that are not in the guide, those that show what it is to show and belong to its setting first."""
        guide = self.guide

        def fit(question: Question) -> int:
            shown = len({*question.competencies} & {*guide.competencies})
            here = guide.setting is not None and guide.setting in question.settings
            elsewhere = bool(question.settings) and guide.setting is not None and not here
            return -(2 * shown + 3 * here - 5 * elsewhere)

        return sorted((one for one in services().practice.bank.questions if one.key not in taken), key=fit)

    def _question(self, number: int, asked: Asked, question: Question, *, last: bool) -> None:
        guides, key = services().guides, asked.key
        draw(
            f'<p class="eyebrow">Question {number + 1} · {text(_shows(question))}</p>'
            f'<p style="margin:0;font-weight:600">{text(question.text)}</p>'
        )
        with st.container(horizontal=True):
            for label, icon, by, off in (("Earlier", "up", -1, number == 0), ("Later", "down", 1, last)):
                st.button(
                    label,
                    key=self._key(f"{label}-{key}"),
                    icon=f":material/arrow_{icon}ward:",
                    type="tertiary",
                    disabled=off,
                    on_click=self._do,
                    args=(partial(guides.move, self.who, self.guide.id, key, by),),
                )
            st.button(
                "Take away",
                key=self._key(f"remove-{key}"),
                icon=":material/close:",
                type="tertiary",
                on_click=self._do,
                args=(partial(guides.remove, self.who, self.guide.id, key),),
            )
            if newer := guides.newer(asked):
                st.button(
                    f"Take version {newer.version}",
                    key=self._key(f"newer-{key}"),
                    icon=":material/update:",
                    help=f"The guide holds version {asked.version}. It now reads: {newer.text}",
                    on_click=self._do,
                    args=(partial(guides.update, self.who, self.guide.id, key),),
                )
        own = [probe for probe in asked.probes if probe not in question.probes]
        facts = [f"{len(asked.probes)} follow-ups chosen" if asked.probes else "", "note" if asked.note else ""]
        facts.insert(0, limit_name(asked.limit_s) if asked.limit_s else "")
        more = ", ".join(filter(None, facts))
        with st.expander(f"Follow-ups, time, note{f' ({more})' if more else ''}"):
            self._wishes(asked, question, own)

    def _wishes(self, asked: Asked, question: Question, own: list[str]) -> None:
        chosen, written = self._key(f"probes-{asked.key}"), self._key(f"own-{asked.key}")
        st.multiselect(
            "Follow-ups you want asked, in this order",
            list(question.probes),
            [probe for probe in asked.probes if probe in question.probes],
            placeholder="None: those that fit the answer",
            max_selections=MOST_WANTED,
            key=chosen,
            on_change=self._probes,
            args=(asked.key, chosen, written),
        )
        st.text_area(
            "Follow-ups of your own, one a line",
            "\n".join(own),
            height=80,
            key=written,
            help=f"{MOST_WANTED} in all at the most. An interview here asks the first two; the others are for paper.",
            on_change=self._probes,
            args=(asked.key, chosen, written),
        )
        left, right = st.columns([1, 2])
        limit, note = self._key(f"limit-{asked.key}"), self._key(f"note-{asked.key}")
        options = limits_with(asked.limit_s)
        left.selectbox(
            "Time for this answer",
            options,
            index=options.index(asked.limit_s),
            format_func=lambda one: limit_name(one) if one else "As for all",
            key=limit,
            on_change=self._set,
            args=(asked.key, "limit_s", limit),
        )
        right.text_input(
            "Note to whoever interviews",
            asked.note,
            max_chars=_NOTE,
            key=note,
            on_change=self._set,
            args=(asked.key, "note", note),
        )

    def _key(self, field: str) -> str:
        return f"guide-{self.guide.id}-{field}"

    # ── callbacks ────────────────────────────────────────────────────────────────────────────────────────────────

    def _save(self, field: str, key: str) -> None:
        value = session.chosen(key)
        done(lambda: services().guides.save(self.who, self.guide.id, **{field: value}))

    def _add(self, key: str) -> None:
        question = session.chosen(key)
        session.empty_fields(key)
        if question is not None:
            done(lambda: services().guides.add(self.who, self.guide.id, question.key))

    def _set(self, question: str, field: str, key: str) -> None:
        value = session.chosen(key)
        done(lambda: services().guides.set(self.who, self.guide.id, question, **{field: value}))

    def _probes(self, question: str, chosen: str, written: str) -> None:
        own = (" ".join(line.split()) for line in (session.chosen(written) or "").splitlines())
        probes = tuple(dict.fromkeys([*(session.chosen(chosen) or ()), *filter(None, own)]))[:MOST_WANTED]
        done(lambda: services().guides.set(self.who, self.guide.id, question, probes=probes))

    @staticmethod
    def _do(move: Callable[[], object]) -> None:
        done(move)


def _listed(question: Question) -> str:
    return f"{question.text} ({_shows(question)})"


def _shows(question: Question) -> str:
    return ", ".join(one.label for one in question.competencies) or f"{kind_label(question.kind)} question"
