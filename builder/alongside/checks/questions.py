"""Rules for single questions, Q1xx: what counts as right, options, prompts, feedback."""

from alongside.checks import questions_feedback, questions_forms, questions_keys, questions_options, questions_prompts

RULES = (
    *questions_keys.RULES,
    *questions_options.RULES,
    *questions_forms.RULES,
    *questions_prompts.RULES,
    *questions_feedback.RULES,
)
