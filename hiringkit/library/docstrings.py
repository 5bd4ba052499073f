"""What the source says of the domain's classes and of each of their fields."""

import ast
import inspect
import sys
from functools import cache
from itertools import pairwise

from attrs import frozen


@frozen
class Description:
    """The docstrings of one class."""

    summary: str
    """Of the class."""
    members: dict[str, str]
    """Of its fields, or of an enumeration's members, by name; those without a docstring are left out."""


def describe_class(cls: type) -> Description:
    """Return the docstrings of a class of a module whose source is at hand."""
    return _described(cls.__module__)[cls.__name__]


@cache
def _described(module: str) -> dict[str, Description]:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: _of(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _of(node: ast.ClassDef) -> Description:
    named = ((_name(statement), _docstring(below)) for statement, below in pairwise(node.body))
    members = {name: text for name, text in named if name and text}
    return Description(ast.get_docstring(node) or "", members)


def _name(statement: ast.stmt) -> str:
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
    return ""


def _docstring(statement: ast.stmt) -> str:
    match statement:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return inspect.cleandoc(text)
    return ""
