"""Errors of answering, as a tree. Each message says what, where, and what to do.

    AssistantError
    ├── SettingsError     the configuration cannot work (exit code 2)
    ├── QuestionError     the question or question set cannot be used (exit code 2)
    ├── PromptError       a prompt file misses a name or has one too many
    └── EndpointError     the model's endpoint cannot be reached, refused, or broke off
"""


class AssistantError(Exception):
    """Base of all errors of answering."""


class SettingsError(AssistantError):
    """The configuration cannot work."""


class QuestionError(AssistantError):
    """The question, claim file or question set cannot be used."""


class PromptError(AssistantError):
    """A prompt misses a name or names one that nobody fills."""


class EndpointError(AssistantError):
    """The model's endpoint cannot be reached, refused, or broke off mid-answer."""
