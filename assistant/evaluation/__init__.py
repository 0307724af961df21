"""Question sets, runs, metrics, tables, comparison, gate and report; nothing of the product imports it.

    questions → checking → runs → metrics → summary → report | compare | gate
"""

from assistant.evaluation.questions import QuestionSet, load_questions
from assistant.evaluation.run_file import Run, read_run

__all__ = ["QuestionSet", "Run", "load_questions", "read_run"]
