"""Sessions with threads of their own, and what becomes of them when a process forks."""

from __future__ import annotations

import ctypes
import os
import weakref
from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

T = TypeVar("T")


class ForkSafe(Generic[T]):
    """Opens a session now, and anew at first use in a forked child: the threads stay in the parent."""

    def __init__(self, open_session: Callable[[], T]) -> None:
        self._open = open_session
        self._session: T | None = open_session()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=partial(_abandon, weakref.ref(self)))

    def get(self) -> T:
        """The session of this process."""
        # Without a lock, which a fork could leave locked; two threads at worst open one each.
        if (session := self._session) is None:
            session = self._session = self._open()
        return session

    def abandon(self) -> None:
        """Forget the session without closing it, which would wait for threads that are not there."""
        if self._session is not None:
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(self._session))
        self._session = None


def _abandon(reference: weakref.ref[ForkSafe[T]]) -> None:
    if holder := reference():
        holder.abandon()
