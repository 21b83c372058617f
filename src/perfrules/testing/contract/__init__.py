"""The contract of a plugin: the laws that every plugin keeps, and what breaks them.

`breaches` tries the laws on one plugin; a plugin's own test asserts that there are none. `perfrules plugins check` prints
them. A law that does not apply to what a plugin brings passes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint, entry_points

from perfrules.plugins import Catalog, catalog
from perfrules.testing.contract.breach import Breach, Plugin, plugin_of
from perfrules.testing.contract.documents import documented, every_field_is_read
from perfrules.testing.contract.examples import examples_hold, rules_hold
from perfrules.testing.contract.figures import (
    missing_stays_missing,
    row_order_does_not_matter,
    same_input_same_output,
    units_do_not_matter,
    within_range,
)
from perfrules.testing.contract.purity import no_clock, no_input_or_output

LAWS: dict[str, Callable[[Plugin], Iterator[Breach]]] = {
    "examples": examples_hold,
    "rules": rules_hold,
    "units": units_do_not_matter,
    "rows": row_order_does_not_matter,
    "missing": missing_stays_missing,
    "repeatable": same_input_same_output,
    "range": within_range,
    "pure": no_input_or_output,
    "clock": no_clock,
    "fields": every_field_is_read,
    "documents": documented,
}
"""The laws by the names under which breaches are told."""


def breaches(name: str, found: Catalog | None = None) -> tuple[Breach, ...]:
    """What the plugin of that name breaks of the contract, law by law; nothing where it keeps all of it.

    `found` replaces the catalog of the installed plugins. Raises PluginError where there is no such plugin.
    """
    plugin = plugin_of(name, found or catalog())
    return tuple(each for law in LAWS.values() for each in _first(law(plugin)))


def catalog_with(name: str, module: str) -> Catalog:
    """The catalog of what is installed, and of a plugin that may not be installed yet but can be imported."""
    installed = [point for point in entry_points(group="perfrules") if point.name != name]
    return catalog(found=[*installed, EntryPoint(name, module, "perfrules")])


def _first(found: Iterator[Breach]) -> Iterator[Breach]:
    """Of breaches that differ only in the figures tried, the first."""
    told = set[str]()
    for each in found:
        about = each.message.en.split("(")[0]
        if about not in told:
            told.add(about)
            yield each


__all__ = ["LAWS", "Breach", "breaches", "catalog_with"]
