"""Changes one thing at a time in what [tool.mutants] names and asks whether a test notices.

Cosmic Ray says what can be changed and changes it, in copies of this tree. Each changed copy is judged in
a process forked from one that has imported the libraries: a fresh Python would take longer than the tests.
Tests of PostgreSQL and Redis are left out; the statements are the same on SQLite.

    python -m tools.mutants [GROUP ...]      every group, unless some are named
"""

import compileall
import importlib
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Any, Final

import click
import pytest
from cosmic_ray.ast import ast_nodes, get_ast_from_path
from cosmic_ray.mutating import use_mutation
from cosmic_ray.plugins import get_operator, operator_names

ROOT: Final = Path(__file__).resolve().parents[1]
FLOOR: Final = 0.9
"""Share of the changes that tests must notice"""
_OPERATORS: Final = frozenset(
    {"AddNot", "NumberReplacer", "ExceptionReplacer", "ZeroIterationForLoop"}
    | {"ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd"}
    | {"ReplaceBreakWithContinue", "ReplaceContinueWithBreak"}
    | {"ReplaceUnaryOperator_Delete_Not", "ReplaceUnaryOperator_Delete_Invert"}
    | {f"ReplaceBinaryOperator_{pair}" for pair in ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul")}
    | {f"ReplaceComparisonOperator_{pair}" for pair in ("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is")}
    | {f"ReplaceComparisonOperator_{pair}" for pair in ("Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt")}
    | {f"ReplaceComparisonOperator_{pair}" for pair in ("Gt_GtE", "Gt_LtE", "GtE_Gt", "GtE_Lt")}
)
"""Each operator's nearest and its opposite. The others (an == that becomes a <, a + that becomes a @) are
noticed wherever these are and would only make the figure look better"""
_NOT_BEHAVIOUR: Final = re.compile(
    r"^@dataclass\(|^\s*\*,$|[(,] ?\*, |expanding=True|\.id or 0\b|lru_cache\("
    r"|: .*= Field\(|with_for_update"
)
"""Whether a record may be changed, whether an argument must be named, how a list is bound, the id that a
row that was read has for certain, how much a cache keeps, how wide a column is, what SQLite does not lock:
mypy's, SQLAlchemy's, the migrations' and PostgreSQL's to check. They are left out, for and against"""
_LIBRARIES: Final = (
    *(
        "alembic.command",
        "alembic.config",
        "babel.dates",
        "cryptography.fernet",
        "hypothesis",
        "phonenumbers",
    ),
    *("pydantic_settings", "redis", "requests", "rq", "sqlalchemy.dialects.sqlite", "sqlalchemy.orm"),
    *("structlog", "twilio.rest", "flask", "ruamel.yaml", "polib", "jsonschema"),
)
_FLAGS: Final = ("-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
_FLAGS_WITHOUT_SERVERS: Final = (*_FLAGS, "-m", "not postgres and not redis and not faults and not browser")


@dataclass(frozen=True)
class Mutant:
    """One change: the n-th place in a module where an operator fits."""

    module: str
    operator: str
    occurrence: int
    line: int


def mutants(module: str) -> Iterator[Mutant]:
    """Everything that can be changed in a module."""
    nodes = list(ast_nodes(get_ast_from_path(ROOT / module)))
    lines = (ROOT / module).read_text().splitlines()
    for name in operator_names():
        operator = get_operator(name)
        if name.partition("/")[2] not in _OPERATORS:
            continue
        places = [start for node in nodes for start, _ in operator().mutation_positions(node)]
        shown = (
            (n, line) for n, (line, _) in enumerate(places) if not _NOT_BEHAVIOUR.search(lines[line - 1])
        )
        yield from (Mutant(module, name, n, line) for n, line in shown)


def copy_tree(to: Path) -> None:
    """This tree as git sees it, compiled so that a change of one file is noticed by its content."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    there = [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    subprocess.run(["cp", "--parents", *there, str(to)], cwd=ROOT, check=True)
    compileall.compile_dir(to, quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)


def passes(tests: list[str], limit: float, *, silent: bool = True) -> bool:
    """Whether the tests pass in this folder as it is now; those that never end do not."""
    child = os.fork()
    if not child:
        os.setsid()
        output = os.open(os.devnull, os.O_WRONLY) if silent else 2
        os.dup2(output, 1)
        os.dup2(output, 2)
        sys.path.insert(0, str(Path.cwd()))
        os._exit(int(pytest.main([*_FLAGS_WITHOUT_SERVERS, *tests])))
    until = time.monotonic() + limit
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def judge(copy: Path, share: list[Mutant], tests: list[str], told: Any) -> None:
    """In a process of its own: tell of each mutant whether it survives, and how it reads."""
    os.chdir(copy)
    sys.dont_write_bytecode = True
    for library in _LIBRARIES:
        importlib.import_module(library)
    begun = time.monotonic()
    if not passes(tests, 1800, silent=False):
        told.put((None, "the tests fail without any change"))
        return
    limit = 5 * (time.monotonic() - begun) + 60
    for mutant in share:
        with use_mutation(Path(mutant.module), get_operator(mutant.operator)(), mutant.occurrence) as codes:
            survives = passes(tests, limit)
        told.put((mutant, difference(*codes) if survives else ""))


def difference(before: str, after: str) -> str:
    """The lines that changed."""
    lines = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return "\n".join(line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---"))


def run(name: str, modules: list[str], tests: list[str], jobs: int) -> float:
    """Judge one group, show what survived, and give the share that did not."""
    wanted = [mutant for module in modules for mutant in mutants(module)]
    context = multiprocessing.get_context("spawn")
    told, survivors = context.Queue(), 0
    with tempfile.TemporaryDirectory(prefix="ally-mutants-") as folder:
        for n in range(jobs):
            copy = Path(folder) / str(n)
            copy.mkdir()
            copy_tree(copy)
            context.Process(target=judge, args=(copy, wanted[n::jobs], tests, told), daemon=True).start()
        for _ in wanted:
            mutant, words = told.get()
            if mutant is None:
                raise click.ClickException(f"{name}: {words}")
            if words:
                survivors += 1
                click.echo(f"{mutant.module}:{mutant.line}: {mutant.operator.partition('/')[2]}\n{words}")
    killed = 1 - survivors / len(wanted)
    click.echo(f"{name}: {len(wanted)} mutants, {survivors} survived, {killed:.1%} killed")
    return killed


@click.command(help="Change one thing at a time and ask whether a test notices.")
@click.argument("groups", nargs=-1)
@click.option("--jobs", default=os.cpu_count() or 1, show_default=True, help="Copies that work side by side")
def main(groups: tuple[str, ...], jobs: int) -> None:
    """Exit code 1 where a group stays below the floor."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutants"]
    shares = [run(name, told[name]["modules"], told[name]["tests"], jobs) for name in groups or told]
    sys.exit(min(shares) < FLOOR)


if __name__ == "__main__":
    main()
