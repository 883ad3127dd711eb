"""Refusals: the reasons why something is not accepted, as values that every door can show.

A refusal is an answer to a person, not a fault of the program. Anything else that is raised is a bug.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason against something.

    `code` is stable and for machines ("resident_id.check"); `message` is one Chinese sentence saying what is
    wrong with what and what to do; `field` names the place it belongs to, if it belongs to one; `suggestion`
    is a value that would be accepted instead. It is never applied silently. Messages mask identity numbers; a
    suggestion is a whole value and must be shown only to those who may see the value it corrects.
    """

    code: str
    message: str
    field: str = ""
    suggestion: str = ""


class Refused(Exception):
    """Raised with every reason that stands in the way, at least one."""

    def __init__(self, *refusals: Refusal) -> None:
        if not refusals:
            raise ValueError("a Refused needs at least one refusal")
        super().__init__(*refusals)
        self.refusals: tuple[Refusal, ...] = refusals

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the machine-readable codes in order."""
        return tuple(refusal.code for refusal in self.refusals)

    def __str__(self) -> str:
        return "".join(refusal.message for refusal in self.refusals)
