"""Whether code lets the order of a set be seen, which changes from run to run; most sets are for looking up in."""

from __future__ import annotations

import ast
from collections import defaultdict

BLIND = {"len", "sorted", "any", "all", "bool"}
"""Functions that give the same for every order, unless they are given a key."""

CHANGES = {"add", "update", "discard", "remove", "clear", "isdisjoint", "issubset", "issuperset"}
GIVES = {"union", "intersection", "difference", "symmetric_difference"}
"""What a set can do with no order to be seen, and what gives another set."""


def shows_order(code: ast.AST) -> bool:
    """Return whether some set in the code is used otherwise than for its length, what is in it, or sorted.

    What is returned, passed on or looped over counts as seen. Only reads the code.

    >>> told = "stop = set(words)\\nn = len({'a'} | stop)\\n[word for word in words if word not in stop]"
    >>> shows_order(ast.parse(told)), shows_order(ast.parse(told + "\\nlist(stop)"))
    (False, True)
    """
    above = {below: node for node in ast.walk(code) for below in ast.iter_child_nodes(node)}
    uses, names = defaultdict[str, list[ast.AST]](list), set[str]()
    for node in above:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            uses[node.id].append(node)
    left = [node for node in above if _is_set(node)]
    while left:
        match _use(left.pop(), above):
            case None:
                return True
            case ast.AST() as given:
                left.append(given)
            case str() as name if name not in names:
                names.add(name)
                left += uses[name]
    return False


def _is_set(node: ast.AST) -> bool:
    match node:
        case ast.Set() | ast.SetComp():
            return True
        case ast.Name(id="set" | "frozenset", ctx=ast.Load()):
            return True
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in GIVES
    return False


def _use(node: ast.AST, above: dict[ast.AST, ast.AST]) -> ast.AST | str | None:
    """Return the set that is made of a set, the name that it is given, "" for no order seen, and None otherwise."""
    match above[node]:
        case (
            ast.Call(func=ast.Name(id="set" | "frozenset"))
            | ast.BinOp(op=ast.BitOr() | ast.BitAnd() | ast.BitXor() | ast.Sub())
        ) as made:
            return made
        case ast.Attribute(attr=name) as method if isinstance(call := above[method], ast.Call) and call.func is method:
            return "" if name in CHANGES else call if name in GIVES else None
        case ast.Call(func=ast.Name(id=name), keywords=[]) if name in BLIND:
            return ""
        case ast.Compare() | ast.Expr():
            return ""
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return None
