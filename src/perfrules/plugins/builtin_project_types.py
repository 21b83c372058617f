"""The one project type the core brings: `general`, for projects that no plugin's type recognises."""

from perfrules.bilingual import Bilingual
from perfrules.model.project_type import Linear, ProjectType
from perfrules.plugins.hooks import hookimpl

GENERAL = ProjectType("general", Bilingual("一般项目", "general project"), curve=Linear())


@hookimpl
def perfrules_project_types() -> list[ProjectType]:
    """The general type: no words of its own, money expected in step with the year."""
    return [GENERAL]
