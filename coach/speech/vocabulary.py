"""Words of the trade that Whisper knows and seldom expects: given to it before each stretch, so that it hears them as what they are."""

HOT_WORDS = (
    "Medicaid, Medicare, HIPAA, SNF, MDT, PHQ-9, GAD-7, SSI, SSDI, SNAP, TANF, Section 8, DME, FMLA, ACT team, "
    "prior authorization, warm handoff, care plan, case manager, readmission, discharge planner, utilization review"
)
"""Names of programmes, forms and settings. Measured with ``python -m bench.speech CLIPS --what terms`` (docs/speech.md)."""
