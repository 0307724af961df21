"""Taking dropped files into the corpus, with progress and a report."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue

from assistant.chat.answering import Answering
from assistant.chat.show.escape import escape, isolate
from assistant.chat.texts import TEXTS
from assistant.opening import open_for_writing
from assistant.settings import Settings
from ingest.errors import IngestError
from ingest.pipeline import ingest_articles
from ingest.progress import IngestReport

REDRAW_SECONDS = 0.3
MOST_FAILURES = 30


def add_articles(answering: Answering, paths: Sequence[str], interface: str) -> Iterator[str]:
    """Keep the files beside the corpus and ingest them; HTML of the progress, at the end of the report."""
    texts = TEXTS[interface]
    told: SimpleQueue[tuple[int, int]] = SimpleQueue()
    ended: list[IngestReport | str] = []
    settings = answering.library.settings

    def work() -> None:
        try:
            kept = _keep(paths, settings.corpus / "chat" / "added")
            ended.append(_ingest(kept, settings, told))
        except (IngestError, OSError) as error:
            ended.append(str(error))

    thread = threading.Thread(target=work, name="adding")
    thread.start()
    done, total = 0, len(paths)
    while thread.is_alive():
        yield render_added(texts["adding"].format(done=done, total=total), "")
        try:
            done, total = told.get(timeout=REDRAW_SECONDS)
        except Empty:
            continue
    thread.join()
    outcome = ended[0] if ended else texts["failed"]
    yield render_added("", outcome if isinstance(outcome, str) else "", outcome, interface)


def render_added(progress: str, error: str, report: object = None, interface: str = "en") -> str:
    """What is being done, went wrong, or was added."""
    if error:
        return f'<p class="trouble" role="alert">{escape(error)}</p>'
    if not isinstance(report, IngestReport):
        return f'<p class="stage" role="status">{escape(progress)}</p>' if progress else ""
    counts = report.to_json()
    line = TEXTS[interface]["added"].format(**{
        key: counts[key] for key in ("added", "updated", "unchanged", "copies", "passages")
    })
    failed = "".join(
        f'<li>{isolate(item["article"])}: {escape(item["reason"])}</li>' for item in counts["failed"][:MOST_FAILURES]
    )
    failed = f'<p>{escape(TEXTS[interface]["failures"])}</p><ul>{failed}</ul>' if failed else ""
    return f'<div role="status"><p>{escape(line)}</p>{failed}</div>'


def _keep(paths: Sequence[str], folder: Path) -> list[Path]:
    """Copies under their own names, so that a later ingest of the folder knows them again."""
    folder.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copyfile(path, folder / Path(path).name)) for path in paths]


def _ingest(paths: Sequence[Path], settings: Settings, told: SimpleQueue[tuple[int, int]]) -> IngestReport:
    corpus, embedder = open_for_writing(settings)
    try:
        return ingest_articles(
            paths, corpus, embedder, progress=lambda done, total, report: told.put((done, total))
        )
    finally:
        corpus.close()
