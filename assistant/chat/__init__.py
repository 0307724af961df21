"""The web chat on Gradio; shows what the pipeline says and decides nothing."""

from assistant.chat.launch import launch_chat

__all__ = ["launch_chat"]
