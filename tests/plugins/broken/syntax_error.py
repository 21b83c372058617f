def perfrules_project_types(:
