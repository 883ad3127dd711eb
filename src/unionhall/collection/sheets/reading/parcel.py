"""Run the child that parses, and open what it sends back.

Why a child process: the readers of four formats are fed by strangers, and one of them may be led to
reserve gigabytes or to run for minutes by a file that no look beforehand finds odd. The child may use
`Limits.memory` and `Limits.seconds` and no more; whatever kills it becomes one sentence. It costs about a
tenth of a second, because the child loads no NumPy.
"""

import io
import json
import os
import pickle
import subprocess
import sys
from dataclasses import asdict
from typing import Any

from unionhall.collection.sheets.parsing.limits import Limits
from unionhall.collection.sheets.parsing.sentences import refused
from unionhall.standards.refusal import Refusal, Refused

PATIENCE = 4
"""Seconds on the wall for each second of processor time, on a busy machine."""


class _PlainUnpickler(pickle.Unpickler):
    """Opens lists, dicts, texts and numbers; refuses to find any class."""

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is not plain data")


def send(data: bytes, form: str, *, want: str, limits: Limits) -> list[dict[str, Any]]:
    """Return what the child read: its "tables" or its "grids".

    :raises Refused: with the child's reasons, or because it ran out of time or memory
    """
    order = json.dumps({"form": form, "want": want, "limits": asdict(limits)})
    try:
        done = subprocess.run(
            [sys.executable, "-m", "unionhall.collection.sheets.parsing.child", order],
            input=data,
            capture_output=True,
            env={"PYTHONPATH": os.pathsep.join(sys.path), "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
            timeout=limits.seconds * PATIENCE,
            check=False,
        )
        if done.returncode != 0:
            raise refused("too_complex")
        answer = _PlainUnpickler(io.BytesIO(done.stdout)).load()
    except (subprocess.TimeoutExpired, pickle.UnpicklingError, EOFError):
        raise refused("too_complex") from None
    if "refused" in answer:
        raise Refused(*(Refusal(code, message, "file") for code, message in answer["refused"]))
    found: list[dict[str, Any]] = answer[want]
    return found
