"""What every test may ask for; each file under fixtures/ is one kind of it."""

import os

from hypothesis import settings

pytest_plugins = [
    "tests.fixtures.machine",
    "tests.fixtures.missing",
    "tests.fixtures.closing_words",
    "tests.fixtures.household",
    "tests.fixtures.databases",
    "tests.fixtures.redis",
    "tests.fixtures.mail",
    "tests.fixtures.once",
    "tests.fixtures.browser",
    "tests.fixtures.installation",
]

# No deadline: nothing here is judged by the clock of a busy machine
settings.register_profile("here", deadline=None, print_blob=True)
settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
settings.load_profile("repeatable" if os.environ.get("CI") else "here")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: of a test that waits for its processes another has the use."""
    return (os.cpu_count() or 1) + 1
