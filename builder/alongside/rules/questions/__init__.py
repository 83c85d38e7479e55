"""Rules for single questions, Q1xx: what counts as right, options, prompts, feedback."""

from alongside.rules.questions import feedback, forms, keys, options, prompts

RULES = (
    *keys.RULES,
    *options.RULES,
    *forms.RULES,
    *prompts.RULES,
    *feedback.RULES,
)
