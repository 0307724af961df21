"""What the chat knows as HTML, Markdown and plain words; pure functions, no Gradio."""
