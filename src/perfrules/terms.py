"""What every submission of a run is checked by, and the same as data, of which another process makes it again."""

from __future__ import annotations

from datetime import date

from attrs import evolve, frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, PluginError
from perfrules.model.rule import Ruleset
from perfrules.plugins import Catalog, catalog
from perfrules.plugins.catalog import LoadedPlugin
from perfrules.rules import CompiledRuleset, Replies, Waivers, as_data, compile_ruleset, compiled_again


@frozen
class Terms:
    """A ruleset, what plugins bring, the as-of day, and what people have decided; None for what was not given."""

    ruleset: CompiledRuleset
    catalog: Catalog
    as_of: date | None = None
    waivers: Waivers | None = None
    replies: Replies | None = None


@frozen
class Written:
    """Terms without closures. `plugins` are those that were loaded, none of `left_out` among them."""

    ruleset: Ruleset
    plugins: tuple[LoadedPlugin, ...]
    left_out: tuple[str, ...]
    as_of: date | None
    waivers: Waivers | None
    replies: Replies | None


def written(terms: Terms) -> Written:
    """The terms as data."""
    waivers, replies = terms.waivers, terms.replies
    return Written(
        terms.ruleset.ruleset,
        terms.catalog.plugins,
        terms.catalog.left_out,
        terms.as_of,
        evolve(waivers, waivers=as_data(waivers.waivers)) if waivers else None,
        evolve(replies, waivers=as_data(replies.waivers)) if replies else None,
    )


def made_of(data: Written) -> Terms:
    """The terms again, with the plugins that are installed; raises PluginError where they are not the same any more."""
    found = catalog(data.left_out)
    if found.plugins != data.plugins:
        message = Bilingual("插件与开始时不同", "the plugins are not those that the run began with")
        hint = Bilingual(
            "核查时不要安装或卸载插件; 或用 --jobs 1",
            "install and remove no plugin while reports are checked; or use --jobs 1",
        )
        raise PluginError(Fault("plugin.changed", message, None, hint))
    ruleset = compile_ruleset(data.ruleset, found.types, found.functions)
    brought = (ruleset, found.types, found.functions)
    waivers, replies = data.waivers, data.replies
    return Terms(
        ruleset,
        found,
        data.as_of,
        evolve(waivers, waivers=compiled_again(waivers.waivers, *brought)) if waivers else None,
        evolve(replies, waivers=compiled_again(replies.waivers, *brought)) if replies else None,
    )
