"""Call a student's function: never longer than allowed, with its printing caught, and every failure explained."""

from __future__ import annotations

import _thread
import dis
import inspect
import io
import linecache
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from types import FrameType, GeneratorType
from typing import Any

from toolkit.exercises.plain import NotPlain, Plain, canonical, plain, restored

SECONDS = 2.0
"""How long one call may take."""

PRINTED = 2_000
"""The most characters of what a function prints that are kept."""


class TooLong(Exception):
    """A call took longer than it may."""


class _Stop(BaseException):
    """Ends a call that takes too long; no `except Exception` holds it up."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a call: a plain value, or in `problem` a sentence that says why there is none."""

    value: Plain = None
    problem: str = ""


class _Capped(io.StringIO):
    def write(self, text: str) -> int:
        super().write(text[: max(PRINTED - self.tell(), 0)])
        return len(text)


def within(seconds: float, work: Callable[[], Any]) -> Any:
    """Return what `work()` returns; raise `TooLong` in it once it has taken so many seconds, until it stops.

    Works in the main thread, on every system; elsewhere there is no limit. Ctrl-C still interrupts.
    """
    if threading.current_thread() is not threading.main_thread():
        return work()
    over, tracing = False, sys.gettrace()

    def rings(number: int, frame: FrameType | None) -> None:
        if over or (frame and frame.f_code is within.__code__):
            return  # it has just ended: what follows must not be stopped
        if not watch.is_late():
            (before if callable(before) else signal.default_int_handler)(number, frame)
            return
        sys.settrace(stop)  # also code that catches every exception stops, at the next line that it reaches
        while frame is not None and frame.f_code is not within.__code__:
            frame.f_trace = stop
            frame = frame.f_back
        raise _Stop

    def stop(_frame: FrameType, event: str, _value: Any) -> Any:
        if event == "line":
            raise _Stop
        return stop

    before, watch = signal.signal(ALARM, rings), _Watch(seconds)
    try:
        return work()
    except _Stop:
        over = True
        sys.settrace(tracing)
        if watch.own and watch.is_late():
            raise TooLong from None
        raise  # the limit is one around this one
    finally:
        over = True
        sys.settrace(tracing)
        watch.end()
        signal.signal(ALARM, before)


ALARM = getattr(signal, "SIGALRM", signal.SIGINT)
"""What rings when time is up: the alarm of the system, or where there is none, as on Windows, what Ctrl-C sends."""


class _Watch:
    """Rings once so many seconds have gone by, and again and again until it is ended; by a thread without an alarm.

    Where a watch is running already and would ring before, that one is kept, and this is not its `own` ringing.
    """

    def __init__(self, seconds: float) -> None:
        self.own, self._begun, self._rest = True, time.monotonic(), 0.0
        self._done: threading.Event | None = None
        if hasattr(signal, "setitimer"):
            self._rest = signal.getitimer(signal.ITIMER_REAL)[0]
            self.own = not self._rest or seconds <= self._rest
            self._until = self._begun + (seconds if self.own else self._rest)
            signal.setitimer(signal.ITIMER_REAL, self._until - self._begun, 0.05)
        else:
            self._until, self._done = self._begun + seconds, threading.Event()
            threading.Thread(target=self._clock, args=(seconds, self._done), daemon=True).start()

    @staticmethod
    def _clock(wait: float, done: threading.Event) -> None:
        while not done.wait(wait):
            wait = 0.05
            _thread.interrupt_main()

    def is_late(self) -> bool:
        """Return whether its time is up; if it is not, somebody pressed Ctrl-C where that has the same signal."""
        return time.monotonic() >= self._until - 0.01

    def end(self) -> None:
        """Ring no more; the watch that ran before goes on."""
        if self._done:
            self._done.set()
        else:
            left = max(self._rest - (time.monotonic() - self._begun), 0.001) if self._rest else 0.0
            signal.setitimer(signal.ITIMER_REAL, left, 0.05)


def ran(function: Callable[..., Any], arguments: Plain, seconds: float = SECONDS) -> Ran:
    """Return what a function gives for plain arguments, twice: a function that changes its mind or its input is told.

    >>> ran(lambda words: len(words), [["a", "b"]]).value
    2
    >>> ran(lambda words: words.sort(), [["b", "a"]]).problem
    'it changes the list that it is given; make a new one, for example with sorted(words) in place of words.sort()'
    """
    first = _once(function, arguments, seconds)
    if first.problem:
        return first
    again = _once(function, arguments, seconds)
    if again.problem or canonical(again.value) != canonical(first.value):
        told = "called twice with the same input it gives two different answers: it keeps something between the calls"
        return Ran(problem=f"{told}, or draws by lot")
    return first


def _once(function: Callable[..., Any], arguments: Plain, seconds: float) -> Ran:
    """Return what came of one call, given fresh copies of the arguments."""
    given, said = restored(arguments), _Capped()

    def called() -> tuple[Plain, str]:
        value = function(*given)
        if isinstance(value, GeneratorType):
            return None, "it returns a generator; put list(…) around what it yields, and return that"
        value = plain(value)
        return value, _misbehaved(arguments, given, value, said.getvalue())

    value = None
    try:
        with redirect_stdout(said), redirect_stderr(said):
            value, problem = within(seconds, called)
    except TooLong:
        problem = f"it was stopped after {seconds:g} seconds: is there a loop that never ends?"
    except NotPlain as error:
        problem = f"what it returns cannot be compared: {error}"
    except (KeyboardInterrupt, _Stop):
        raise
    except BaseException as error:
        problem = explained(error, function, len(given))
    return Ran(value, problem)


def _misbehaved(arguments: Plain, given: Any, found: Plain, said: str) -> str:
    """Return a sentence for a function that changed its input, or printed where it should return."""
    if _changed(arguments, given):
        advice = "make a new one, for example with sorted(words) in place of words.sort()"
        kind = next((type(one).__name__ for one in given if isinstance(one, list | dict | set)), "table")
        return f"it changes the {kind} that it is given; {advice}"
    what = f" ({_short(said)})" * bool(said.strip())
    return f"it prints and returns nothing: write return in place of print{what}" if found is None and said else ""


def _changed(arguments: Plain, given: Any) -> bool:
    fresh = restored(arguments)
    with suppress(Exception):  # tables, and what a student may have put in, cannot be compared so
        if given == fresh:
            return False
    with suppress(NotPlain):
        return canonical(plain(given)) != canonical(plain(fresh))
    return True


EXPLAINED = {
    "NameError": "a name is not known there: is it spelt right, and is it a parameter or made before?",
    "UnboundLocalError": "a name is used before it has a value in the function",
    "ZeroDivisionError": "something is divided by 0: what should it return for an empty input?",
    "IndexError": "a place is asked for that the list does not have: what if it is empty or short?",
    "KeyError": "a key is asked for that the dict does not have: try counts.get(key, 0)",
    "AttributeError": "the value has no such method: print(type(…)) says what it is",
    "RecursionError": "the function calls itself without end",
    "SystemExit": "exit() ends the program; write return to end the function",
    "MemoryError": "the memory is full: does a list grow without end?",
    "NotImplementedError": "it is not written yet",
    "ValueError": "a value is not what the call needs",
    "TypeError": "two things do not go together: print(type(…)) says what each is",
}
"""What an error means, by its kind."""


def explained(error: BaseException, function: Callable[..., Any], given: int) -> str:
    """Return in one or two sentences where and why a student's function stopped.

    >>> explained(ZeroDivisionError("division by zero"), len, 1)
    'it stops with ZeroDivisionError (division by zero): something is divided by 0: what should it return for an empty \
input?'
    """
    kind = type(error).__name__
    if isinstance(error, TypeError) and (wrong := _parameters(function, given)):
        return wrong
    with suppress(Exception):
        told = _short(str(error))
        line = _line(error, function)
        why = EXPLAINED.get(kind, "read the line and the words of the error")
        return f"it stops with {kind}{f' ({told})' if told else ''}{f' in the line “{line}”' if line else ''}: {why}"
    return f"it stops with {kind[:60]}, whose own message cannot be shown"


def _parameters(function: Callable[..., Any], given: int) -> str:
    with suppress(ValueError, TypeError):
        signature = inspect.signature(function)
        try:
            signature.bind(*range(given))
        except TypeError:
            has = len(signature.parameters)
            return f"it takes {has} parameter{'s' * (has != 1)} and is called with {given}: def name(…) needs {given}"
    return ""


def _line(error: BaseException, function: Callable[..., Any]) -> str:
    """Return the line of the student's own code in which an error arose."""
    own = getattr(getattr(function, "__code__", None), "co_filename", "")
    numbers = [n for frame, n in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == own]
    return _short(linecache.getline(own, numbers[-1]).strip()) if numbers else ""


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 80 else f"{flat[:79]}…"


def outside_names(function: object) -> list[str]:
    """Return the variables outside a function that it reads, other than modules, functions and constants in CAPITALS.

    >>> text = "a b"
    >>> def count(words):
    ...     return len(text)
    >>> count.__globals__["text"] = text
    >>> outside_names(count)
    ['text']
    """
    found = getattr(function, "__globals__", {})
    read = dis.get_instructions(function) if inspect.isfunction(function) else ()
    names = dict.fromkeys(one.argval for one in read if one.opname == "LOAD_GLOBAL")
    tools = [name for name in names if callable(found.get(name)) or inspect.ismodule(found.get(name))]
    return [name for name in names if name in found and not name.isupper() and name not in tools]
