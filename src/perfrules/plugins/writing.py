"""A reporter asked to write: what goes wrong in one of a plugin's names that plugin."""

from __future__ import annotations

from perfrules.bilingual import Language
from perfrules.errors import PerfrulesError, PluginError
from perfrules.model.report import Results
from perfrules.plugins.catalog import Catalog
from perfrules.plugins.faults import cause_said, plugin_fault
from perfrules.plugins.hooks import Page, Reporter


def written(
    reporter: Reporter, catalog: Catalog, results: Results, language: Language, page: Page
) -> str | bytes:
    """What the reporter writes; raises PluginError where a plugin's one fails or gives neither text nor bytes."""
    owner = next((each.name for each in catalog.plugins if not each.is_core and reporter.name in each.brought("reporters")), None)  # fmt: skip
    if owner is None:
        return reporter.write(results, language, page)
    zh, en = f"的格式 {reporter.name} ", f"form {reporter.name} "
    try:
        told = reporter.write(results, language, page)
    except PerfrulesError:
        raise
    except (Exception, SystemExit) as error:
        said = cause_said(error)
        fault = plugin_fault(owner, "raises", f"{zh}出错: {said}", f"fails in its {en}: {said}")
        raise PluginError(fault) from error
    if not isinstance(told, str | bytes):
        kind = type(told).__name__
        raise PluginError(plugin_fault(owner, "value", f"{zh}应给出文本或字节, 却是 {kind}", f"must give text or bytes for its {en}, not {kind}"))  # fmt: skip
    return told
