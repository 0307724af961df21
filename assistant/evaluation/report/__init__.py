"""Reports of a run: one HTML file that asks nothing of the network, Markdown, or JSON."""

from assistant.evaluation.report.write import write_report, write_sweep

__all__ = ["write_report", "write_sweep"]
