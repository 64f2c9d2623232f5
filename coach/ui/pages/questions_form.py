"""The form of a question: every field is kept as soon as it is left, and says below itself what is wrong with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coach.bank.authoring import Authoring
from coach.bank.rules import AREAS, PROBES, TIME_LIMIT_S, Fault
from coach.domain.authored import Authored, DraftArea
from coach.domain.question import Competency, Difficulty, Kind, Setting
from coach.ui import session
from coach.ui.widgets.question import kind_label
from coach.ui.widgets.telling import done

_LABELS = {
    "key": "Key",
    "kind": "Kind",
    "text": "The question",
    "competencies": "Competencies",
    "settings": "Settings",
    "difficulty": "Difficulty",
    "areas": "Areas",
    "probes": "Follow-up questions",
    "time_limit_s": "Time",
    "weak": "A weak answer",
    "good": "A good answer",
    "excellent": "An excellent answer",
    "model_answer": "Model answer",
}


def told(fault: Fault) -> str:
    """A fault as a sentence, with the field's name on the page in front."""
    field, _, rest = fault.field.partition(" ")
    name = _LABELS.get(field, field)
    return f"{name}{f' {rest}' if rest else ''}: {fault.text.removesuffix(' without quotes')}"


@dataclass(frozen=True)
class Form:
    """The fields of one question."""

    authoring: Authoring
    one: Authored
    faults: Sequence[Fault]

    def draw(self) -> None:
        """Draw all fields."""
        draft = self.one.words
        self._text("text", draft.text, height=100, help="As an interviewer says it")
        left, right = st.columns(2)
        with left:
            self._choice("kind", list(Kind), lambda kind: kind_label(Kind(kind)))
            self._several("competencies", list(Competency))
        with right:
            self._choice("difficulty", list(Difficulty), lambda one: Difficulty(one).label)
            self._several("settings", list(Setting))
        self._time()
        self._areas()
        several = f"{PROBES[0]} to {PROBES[1]} of them, one a line"
        self._text("probes", "\n".join(draft.probes), height=120, help=several, read=_lines)
        st.markdown("**What answers sound like**")
        for field in ("weak", "good", "excellent"):
            self._text(field, getattr(draft, field), height=80)
        invented = "Invented, never a real client; shown only to who has answered"
        self._text("model_answer", draft.model_answer, height=200, help=invented)
        if draft.model_answer.strip():
            st.caption(f"{len(draft.model_answer.split())} words")
        if self.one.question is None:
            self._text("key", draft.key, help="Names the question for good. Left empty, it is made of its words")

    def _time(self) -> None:
        least, most = TIME_LIMIT_S
        value, key = min(max(self.one.words.time_limit_s, least), most), self._key("time_limit_s")
        args = ("time_limit_s", key, int)
        st.slider("Seconds to answer in", least, most, value, step=15, key=key, on_change=self._save, args=args)

    def _areas(self) -> None:
        least, most = AREAS
        st.markdown(
            f"**What a good answer covers**: {least} to {most} areas, each with ways candidates say it, one a line"
        )
        areas = self.one.words.areas
        shown = min(most, max(least, len(areas)))
        for number, area in enumerate([*areas, *[DraftArea()] * (shown - len(areas))][:shown]):
            left, right = st.columns([2, 3])
            parts: tuple[tuple[DeltaGenerator, str, str, str, Callable[[str], Any]], ...] = (
                (left, "text", f"Area {number + 1}", area.text, str),
                (right, "examples", f"Ways to say area {number + 1}", "\n".join(area.examples), _lines),
            )
            for place, part, label, words, read in parts:
                key = self._key(f"area-{number}-{part}")
                args = (number, part, key, read)
                place.text_area(label, words, height=80, key=key, on_change=self._save_area, args=args)
        self._wrong("areas")
        if shown < most:
            st.button("One more area", icon=":material/add:", type="tertiary", on_click=self._add_area, args=(shown,))

    def _text(
        self,
        field: str,
        value: str,
        *,
        height: int | None = None,
        help: str | None = None,  # noqa: A002  # as Streamlit calls it
        read: Callable[[str], Any] = str,
    ) -> None:
        key = self._key(field)
        args = (field, key, read)
        if height:
            st.text_area(_LABELS[field], value, height=height, key=key, help=help, on_change=self._save, args=args)
        else:
            st.text_input(_LABELS[field], value, key=key, help=help, on_change=self._save, args=args)
        self._wrong(field)

    def _choice(self, field: str, options: list[Any], name: Callable[[Any], str]) -> None:
        key, value = self._key(field), getattr(self.one.words, field)
        st.selectbox(
            _LABELS[field],
            options,
            index=options.index(value) if value in options else None,
            format_func=name,
            key=key,
            on_change=self._save,
            args=(field, key, _value),
        )
        self._wrong(field)

    def _several(self, field: str, options: list[Any]) -> None:
        key, value = self._key(field), getattr(self.one.words, field)
        st.multiselect(
            _LABELS[field],
            options,
            [option for option in options if option in value],
            format_func=_label,
            key=key,
            on_change=self._save,
            args=(field, key, lambda chosen: tuple(map(_value, chosen))),
        )
        self._wrong(field)

    def _wrong(self, field: str) -> None:
        """What is wrong in a field, below it; what is merely not there yet is said once, at the end."""
        for fault in self.faults:
            if fault.field.partition(" ")[0] == field and not fault.unfinished:
                st.caption(f":red[{told(fault)}]")

    def _key(self, field: str) -> str:
        """A widget's key. Once a draft was published or thrown away, the next has widgets of its own."""
        version = self.one.question.version if self.one.question else 0
        return f"question-{self.one.id}-{version}-{field}"

    # ── callbacks ────────────────────────────────────────────────────────────────────────────────────────────────

    def _save(self, field: str, key: str, read: Callable[[Any], Any]) -> None:
        value = session.chosen(key)
        if value is not None:
            done(lambda: self.authoring.save(self.one.id, **{field: read(value)}))

    def _save_area(self, number: int, part: str, key: str, read: Callable[[Any], Any]) -> None:
        words = session.chosen(key) or ""
        done(lambda: self.authoring.save_area(self.one.id, number, **{part: read(words)}))

    def _add_area(self, number: int) -> None:
        done(lambda: self.authoring.save_area(self.one.id, number))


def _lines(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip())


def _value(option: Enum) -> Any:
    return option.value


def _label(option: Competency | Setting) -> str:
    return option.label
