"""Write the tree: unions, who covers which employer, who stands under whom."""

from unionhall.unions.actions.amending import amend, amend_many
from unionhall.unions.actions.covering import cover, cover_many
from unionhall.unions.actions.establishing import establish, establish_many, establish_root
from unionhall.unions.actions.facts import EmployerFacts, UnionFacts

__all__ = [
    "EmployerFacts",
    "UnionFacts",
    "amend",
    "amend_many",
    "cover",
    "cover_many",
    "establish",
    "establish_many",
    "establish_root",
]
