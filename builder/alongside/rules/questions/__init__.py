"""Rules for single questions, Q1xx: what counts as right, options, prompts, feedback."""
