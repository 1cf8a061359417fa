"""Commands that work on the installation: they get its Bot or its records, or a plain word why not."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import click

from bot.people.desk import Desk
from bot.records import Records, records
from bot.settings import Settings, SettingsWrong, read_settings
from bot.store.migrations import upgrade
from bot.wiring import Bot, build
from bot.words.yaml_tree import FilesBroken

_P = ParamSpec("_P")
_R = TypeVar("_R")


def with_bot(command: Callable[Concatenate[Bot, _P], _R]) -> Callable[_P, _R]:
    """Give a command the Bot of this installation, its database made current."""

    @wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        bot = open_bot()
        try:
            return command(bot, *args, **kwargs)
        finally:
            bot.close()

    return run


def with_records(command: Callable[Concatenate[Records, _P], _R]) -> Callable[_P, _R]:
    """The same without flows and words: a second sooner, and also while one of them is broken."""

    @wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        kept = records(settings())
        try:
            upgrade(kept.db)
            return command(kept, *args, **kwargs)
        finally:
            kept.close()

    return run


def open_bot(overrides: Mapping[str, str] | None = None) -> Bot:
    """The Bot of `overrides` and the environment. Raises click.ClickException with all that is wrong."""
    try:
        bot = build(settings(overrides))
    except FilesBroken as broken:
        raise click.ClickException(f"{len(broken.faults)} faults in flows or words:\n{broken}") from None
    upgrade(bot.db)
    bot.remember_flows()
    bot.know_own_phones()
    return bot


def desk_of(kept: Records) -> Desk:
    """Where the accounts of an installation are kept."""
    return Desk(kept.db, kept.vault, kept.clock)


def settings(overrides: Mapping[str, str] | None = None) -> Settings:
    """The settings of this installation. Raises click.ClickException with all that is wrong."""
    try:
        return read_settings(overrides)
    except SettingsWrong as wrong:
        raise click.ClickException(f"The settings are not complete:\n{wrong}\n{_HINT}") from None


_HINT = "`ally run` makes what is missing for a try on this machine; README.md tells about production."
