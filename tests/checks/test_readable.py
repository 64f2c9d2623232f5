"""What can be rated at all, and what is said where it cannot."""

import pytest

from coach.checks.readable import why_unreadable

NOTES = (
    "one client, older man did intake + functional assessment + medicaid form, ordered walker and shower chair, "
    "home visit, care plan updated, notes always same day"
)
JARGON = (
    "Leveraging strengths-based, trauma-informed engagement: stakeholder alignment, proactive outreach, shared decision "
    "making, measurable outcomes, continuous quality improvement, patient satisfaction."
)


@pytest.mark.parametrize("text", [NOTES, JARGON])
def test_notes_and_jargon_without_small_words_are_english(text: str) -> None:
    assert why_unreadable(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Letztes Jahr hatte ich eine Klientin, die nach dem Krankenhaus allein zu Hause war, und die Kasse zahlte keine Pflege.",
        "El año pasado trabajé con una mujer mayor que regresó del hospital después de una caída y tenía miedo de estar sola.",
        "L'année dernière j'ai accompagné une dame âgée qui rentrait de l'hôpital après une chute et qui avait peur.",
        "Noong nakaraang taon may kliyente akong matandang babae na umuwi galing sa ospital matapos mahulog sa hagdan.",
    ],
)
def test_another_language_is_not_rated(text: str) -> None:
    why = why_unreadable(text)

    assert why
    assert "English" in why
