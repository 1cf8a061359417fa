"""Holds the rules of the house: who may import whom, what stays pure, how long a thing may be."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.revisions import Revision, broken, revisions
from tests.house.source import ROOT, Import, Module, circles, modules, tracked_texts

FLOORS = {
    "words": 0,
    "hear": 1,
    "flow": 1,
    "ports": 1,
    "store": 1,
    "settings": 2,
    "log_lines": 2,
    "people": 2,
    "school": 3,
    "carrier": 3,
    "outbox": 4,
    "talk": 5,
    "broadcast": 5,
    "insight": 5,
    "records": 5,
    "sending": 6,
    "examine": 6,
    "wiring": 7,
    "web": 8,
    "jobs": 8,
    "workers": 9,
    "cli": 10,
    "app": 10,
    "worker": 10,
}
"""A room imports from lower floors and from itself; rooms of one floor do not know each other."""

PURE = ("words", "hear", "flow")
IMPURE_LIBRARIES = """
aiohttp alembic asyncio ctypes flask glob http httpx io logging multiprocessing os psycopg random redis
requests rq secrets select shutil signal smtplib socket socketserver sqlalchemy sqlite3 sqlmodel ssl
structlog subprocess sys tempfile threading time twilio urllib3 uuid
"""
CLOCK_CALLS = re.compile(r"\b(datetime|date)\.(now|utcnow|today)$")
SQL_OUTSIDE_STORE = {("sqlmodel", "Session"), ("sqlalchemy.exc", "*")}
SQL_CALLS = re.compile(r"\b(session|connection|cursor)\.(exec|execute|scalar|scalars|query|exec_driver_sql)$")
NO_SUBJECT = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"}

AMERICAN = re.compile(
    r"(?<![\w.+/-])(?:\+?1[ .-]?\(?[2-9]\d\d\)?[ .-]?|\(?[2-9]\d\d\)?[ .-])[2-9]\d\d[ .-]?\d{4}(?![\w-])"
)
FOREIGN = re.compile(r"(?<![\w+/])\+[2-9]\d{8,14}(?!\w)")
INVENTED = re.compile(r"555[ .-]?01\d\d$")
EXCUSED = {
    "+14158675309": "Twilio's worked example of a signature, www.twilio.com/docs/usage/security",
    "+18005551212": "as above",
    "+525512345678": "a number of Mexico by its form only: no range there is kept for invented ones",
}

PROGRAM = [module for module in modules("bot", "app.py", "worker.py") if module.path.exists()]
EVERYTHING = PROGRAM + [module for module in modules("tests", "bench", "tools") if module.path.exists()]


def report(faults: Iterator[str], fix: str) -> None:
    """Fail with every fault on a line of its own and the way to mend them."""
    found = sorted(set(faults))
    assert not found, "\n".join(["", *found, f"Fix: {fix}"])


def test_every_room_stands_on_a_floor() -> None:
    report(
        (module.where for module in PROGRAM if module.name != "bot" and module.room not in FLOORS),
        "give the room a floor in FLOORS, and DESIGN's list in bot/__init__.py a line.",
    )


def test_a_room_imports_only_from_lower_floors_and_from_itself() -> None:
    def faults() -> Iterator[str]:
        for module in PROGRAM:
            for item in module.imports:
                room = room_of(item)
                if room and room != module.room and FLOORS.get(room, 99) >= FLOORS.get(module.room, 99):
                    yield f"{module.where}:{item.line} takes from {room}, no lower than {module.room}"

    report(faults(), "move the shared thing down a floor, or hand it in as an argument.")


def test_nobody_imports_the_tests_or_the_measurements() -> None:
    report(
        (
            f"{module.where}:{item.line} imports {item.module}"
            for module in PROGRAM
            for item in module.imports
            if item.module.split(".")[0] in {"tests", "bench", "tools"}
        ),
        "the program stands without them; move what it needs into bot/.",
    )


def test_modules_do_not_import_in_circles_even_inside_functions() -> None:
    names = {module.name for module in PROGRAM}
    graph: dict[str, set[str]] = {module.name: set() for module in PROGRAM}
    for module in PROGRAM:
        for item in module.imports:
            inner = f"{item.module}.{item.name}"
            graph[module.name].add(inner if inner in names else item.module)
    report(
        (" <-> ".join(group) for group in circles(graph)), "move what both need into a module below the two."
    )


def test_words_hear_and_flow_know_no_clock_files_network_or_environment() -> None:
    def faults() -> Iterator[str]:
        for module in PROGRAM:
            if module.room not in PURE:
                continue
            for item in module.imports:
                if item.module.split(".")[0] in IMPURE_LIBRARIES.split() or item.module == "urllib.request":
                    yield f"{module.where}:{item.line} imports {item.module}"
            for call, line in module.calls():
                if CLOCK_CALLS.search(call) or call in {"open", "input", "print"}:
                    yield f"{module.where}:{line} calls {call}()"

    report(faults(), "take the moment, the text or the dice as an argument; the caller knows them.")


def test_only_the_store_speaks_sql() -> None:
    def faults() -> Iterator[str]:
        for module in PROGRAM:
            if module.room == "store":
                continue
            for item in module.imports:
                if item.module.split(".")[0] in {"sqlalchemy", "sqlmodel"} and not allowed_sql(item):
                    yield f"{module.where}:{item.line} imports {item.name or 'all'} from {item.module}"
            for call, line in module.calls():
                if SQL_CALLS.search(call):
                    yield f"{module.where}:{line} calls {call}()"

    report(faults(), "write a query function in bot/store/, in the file of the noun it asks for.")


def test_only_settings_read_the_environment() -> None:
    def faults() -> Iterator[str]:
        for module in PROGRAM:
            if module.where == "bot/settings.py":
                continue
            for node in ast.walk(module.tree):
                if isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.environ", "os.getenv"}:
                    yield f"{module.where}:{node.lineno} reads {ast.unparse(node)}"
            for item in module.imports:
                if item.module == "os" and item.name in {"environ", "getenv"}:
                    yield f"{module.where}:{item.line} imports os.{item.name}"

    report(faults(), "give bot/settings.py a field or a function, and hand its value in.")


def test_no_import_is_hidden_from_the_running_program() -> None:
    report(
        (
            f"{module.where}: TYPE_CHECKING"
            for module in EVERYTHING
            for item in module.imports
            if item.module in {"typing", "typing_extensions"} and item.name == "TYPE_CHECKING"
        ),
        "import it plainly; if that makes a circle, move the thing down a floor.",
    )


def test_packages_hold_a_docstring_and_no_re_exports() -> None:
    report(
        (
            module.where
            for module in EVERYTHING
            if module.path.name == "__init__.py" and len(module.tree.body) > 1
        ),
        "import from the module itself; leave the one-line docstring.",
    )


def test_every_module_is_named_for_its_subject() -> None:
    report(
        (module.where for module in EVERYTHING if NO_SUBJECT & set(module.path.stem.split("_"))),
        "name what it is about: tidy, segments, phone.",
    )


def test_the_first_line_of_every_file_says_what_it_is_for() -> None:
    def faults() -> Iterator[str]:
        for module in EVERYTHING:
            first = module.tree.body[0] if module.tree.body else None
            if ast.get_docstring(module.tree) is None or first is None or first.lineno > 2:
                yield module.where
        for path in ROOT.joinpath("bot").rglob("*"):
            opens = {".css": "/*", ".js": "//", ".html": "{#"}.get(path.suffix)
            if opens and "vendor" not in path.parts and not is_commented(path, opens):
                yield str(path.relative_to(ROOT))

    report(faults(), "begin with one plain sentence, as a docstring or a comment.")


def test_files_are_short() -> None:
    def faults() -> Iterator[str]:
        for module in EVERYTHING:
            cap = 400 if module.where.startswith("tests/") else 300
            if (length := len(module.text.splitlines())) > cap:
                yield f"{module.where} has {length} lines of {cap}"

    report(faults(), "split it by noun; aim for 120 lines.")


def test_functions_are_short() -> None:
    def faults() -> Iterator[str]:
        for module in EVERYTHING:
            cap = 20 if module.where.startswith("bot/web/") else 49
            for function in module.functions:
                length = (function.end_lineno or function.lineno) - function.lineno + 1
                if length > cap:
                    yield f"{module.where}:{function.lineno} {function.name} has {length} lines of {cap}"

    report(faults(), "give a part of it a name of its own; aim for eight lines.")


def test_phone_numbers_are_the_invented_kind() -> None:
    """+1 (any area) 555-0100 to 555-0199 belong to nobody (NANPA, ATIS-0300115)."""

    def faults() -> Iterator[str]:
        for path, text in tracked_texts():
            if path.is_relative_to(ROOT / "requirements") or "vendor" in path.parts:
                continue
            for match in (*AMERICAN.finditer(text), *FOREIGN.finditer(text)):
                if not (INVENTED.search(match.group()) or match.group() in EXCUSED):
                    line = text.count("\n", 0, match.start()) + 1
                    yield f"{path.relative_to(ROOT)}:{line} {match.group()}"

    report(faults(), "use +1 (any area) 555-0100 to 555-0199.")


def test_no_file_names_a_package_host_or_somebody_s_machine() -> None:
    hosts = ("py" + "pi.org", "python" + "hosted.org", "registry.npm" + "js", "deb." + "debian.org")
    folders = ("/wo" + "rk/main", "/wo" + "rk/shared", "/ro" + "ot/", "/opt/wh" + "eels")
    report(
        (
            f"{path.relative_to(ROOT)} holds {word}"
            for path, text in tracked_texts()
            for word in (*hosts, *folders)
            if word in text
        ),
        "locks carry hashes and no addresses; paths are relative to the project.",
    )


def test_the_lock_holds_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = {"run": project["project"]["dependencies"], "test": project["dependency-groups"]["test"]}
    wanted["test"] = wanted["test"] + wanted["run"]

    def faults() -> Iterator[str]:
        for lock, asked in wanted.items():
            held = locked_versions(ROOT / "requirements" / f"{lock}.txt")
            for one in map(Requirement, asked):
                if not one.specifier.contains(held.get(canonicalize_name(one.name), "0"), prereleases=True):
                    yield f"requirements/{lock}.txt has no {one.name}{one.specifier}"

    report(faults(), "make lock, and commit requirements/.")


def test_the_revisions_of_the_database_are_one_unbroken_line() -> None:
    report(
        broken(revisions()),
        "number the later one anew: the name of its file, `revision` and `down_revision` (see each line).",
    )


def test_a_broken_line_of_revisions_is_seen_and_names_the_files() -> None:
    first, second = Revision("0001_a.py", "0001", "0001", None), Revision("0002_b.py", "0002", "0002", "0001")
    assert list(broken([first, second])) == []
    twice = Revision("0002_c.py", "0002", "0002", "0001")
    (said,) = broken([first, second, twice])
    assert said.startswith("0002_b.py and 0002_c.py have one number")
    assert said.endswith('git mv 0002_c.py 0003_c.py; revision = "0003", down_revision = "0002"')
    (said,) = broken([first, Revision("0002_b.py", "0002", "0003", "0001")])
    assert said == "0002_b.py says revision '0003': write '0002', as its file is named"
    (said,) = broken([first, second, Revision("0003_d.py", "0003", "0003", "0001")])
    assert said == "0003_d.py goes on from '0001', not from 0002_b.py: down_revision = '0002'"
    (said,) = broken([first, Revision("0003_d.py", "0003", "0003", "0002")])
    assert said.startswith("between 0001_a.py and 0003_d.py a number is missing: git mv 0003_d.py 0002_d.py")
    (said,) = broken([first, Revision("later.py", "later.py", "0002", "0001")])
    assert said == "later.py has no number: begin its name with 0002_"


def room_of(item: Import) -> str:
    """The room that an import reaches into; "" for a library."""
    parts = f"{item.module}.{item.name}".rstrip(".").split(".")
    if parts[0] in {"app", "worker"}:
        return parts[0]
    return parts[1] if parts[0] == "bot" and len(parts) > 1 else ""


def allowed_sql(item: Import) -> bool:
    """A session may be passed on, and an error of the database caught, outside the store."""
    return (item.module, item.name) in SQL_OUTSIDE_STORE or (item.module, "*") in SQL_OUTSIDE_STORE


def is_commented(path: Path, opens: str) -> bool:
    """Whether the first line is a comment, or (in a page of plain HTML) one of that kind."""
    first = path.read_text("utf-8").lstrip().partition("\n")[0]
    return first.startswith((opens, "/*") if opens == "//" else (opens, "<!--"))


def locked_versions(path: Path) -> dict[str, str]:
    """Name and version of every package in a lock."""
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[.*?\])?==([^ ;\\]+)", path.read_text("utf-8"), re.MULTILINE))


def test_the_rules_see_what_they_are_meant_to_see(tmp_path: Path) -> None:
    """A rule that finds nothing because it reads wrongly would be worse than none."""
    path = tmp_path / "x.py"
    path.write_text("def f():\n    from bot.web import hooks\n    import os.path\n")
    found = {(item.module, item.name) for item in Module(path, "bot.words.x").imports}
    assert found == {("bot.web", "hooks"), ("os.path", "")}
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]
    assert len(PROGRAM) > 10
