"""`demo`: Haikou's tree, sheets as cadres send them, and the whole job from cell to settlement."""

from unionhall.cli.demo.command import command

__all__ = ["command"]
