from perfrules.bilingual import Bilingual
from perfrules.model.project_type import *
from perfrules.model.subject import Field
from perfrules.model.unit import Kind
from perfrules.plugins import hookimpl

from perfrules.language import Function


@hookimpl
def perfrules_functions():
    return [Function("where", "何处", (None,), None, abs, Bilingual("何处", "where"))]
