"""How perfrules is extended: four hooks, and the catalog of what plugins bring. The core comes in the same way."""

from perfrules.plugins.catalog import Catalog, LoadedPlugin, catalog
from perfrules.plugins.hooks import Detail, Page, Reader, Reporter, hookimpl
from perfrules.plugins.writing import written

__all__ = [
    "Catalog",
    "Detail",
    "LoadedPlugin",
    "Page",
    "Reader",
    "Reporter",
    "catalog",
    "hookimpl",
    "written",
]
