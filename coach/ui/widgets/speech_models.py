"""Which models can listen on this computer, as a table; and, when asked, how fast each is here."""

import streamlit as st

from coach.errors import WeightsError
from coach.settings import Settings
from coach.speech import models
from coach.ui.widgets.table import rows

_GOOD_FOR = {
    "tiny.en": "words soonest, on an old computer, too",
    "base": "fewer words wrong; keeps up on most computers",
}


def speech_models(settings: Settings) -> None:
    """Draw it, behind a line to open. Nothing is loaded before somebody asks for the measurement."""
    with st.expander("Models that can listen here"):
        here = models.present(settings.hf_home)
        rows(
            ("Model", "Size", "Good for", "Where"),
            [
                (
                    name,
                    f"about {models.KNOWN[name]} MB",
                    _GOOD_FOR.get(name, "a larger model hears better and takes longer"),
                    "in use" if name == settings.whisper_model else "on this computer",
                )
                for name in here
            ],
        )
        others = [name for name in models.KNOWN if name not in here]
        if others:
            st.markdown(
                f"With network, `coach models fetch NAME` brings another to stay: {', '.join(f'`{name}`' for name in others)}. "
                "`COACH_WHISPER_MODEL=NAME` then uses it."
            )
        if st.button("Measure how fast they are here", icon=":material/speed:"):
            _measured(settings, here)


def _measured(settings: Settings, names: tuple[str, ...]) -> None:
    speeds = []
    with st.spinner("Measuring; a few seconds for each model …"):
        for name in names:
            try:
                speeds.append(models.measure(name, settings.hf_home))
            except WeightsError as error:
                st.warning(str(error), icon=":material/warning:")
    for speed in speeds:
        verdict = "keeps up with a speaker" if speed.keeps_up else "falls behind a speaker; the words come afterwards"
        st.markdown(f"**{speed.name}**: {60 * speed.work:.0f} s of work for a minute of speech, so it {verdict}.")
    if speeds:
        best = models.recommended(tuple(speeds))
        st.markdown(f"Best on this computer: **{best.name}**, the most accurate of those that keep up.")
