"""The web chat on Gradio; shows what the pipeline says and decides nothing."""

from assistant.chat.serve.launch import launch_chat
from assistant.chat.serve.options import Serving

__all__ = ["Serving", "launch_chat"]
