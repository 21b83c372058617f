from perfrules.bilingual import Bilingual
from perfrules.model.project_type import *
from perfrules.model.subject import Field
from perfrules.model.unit import Kind
from perfrules.plugins import hookimpl

@hookimpl
def perfrules_project_types():
    return [ProjectType("cars", Bilingual("车辆", "cars"), "车辆")]
