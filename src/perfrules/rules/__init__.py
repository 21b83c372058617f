"""Stage 4, first half: YAML → rules as written → rules checked and compiled, with their parameters.

In: the folder of a ruleset, and the types and functions that plugins bring. Out: closures to ask of subjects.
"""

from perfrules.rules.compiled import (
    CompiledRule,
    CompiledRuleset,
    CompiledSuspect,
    compile_ruleset,
    faults_of_expressions,
)
from perfrules.rules.files import shipped, shipped_names
from perfrules.rules.messages import Slot, filled, formatted, margin_said, points
from perfrules.rules.parameters import CompiledParameter, compile_parameters, needed_by, parameter_values
from perfrules.rules.replies import Replies, load_replies
from perfrules.rules.ruleset_from_yaml import (
    UnfinishedError,
    load_ruleset,
    load_rulesets,
    no_such_rule,
    with_rules,
)
from perfrules.rules.waivers import CompiledWaiver, Waivers, as_data, compiled_again, load_waivers

__all__ = [
    "CompiledParameter",
    "CompiledRule",
    "CompiledRuleset",
    "CompiledSuspect",
    "CompiledWaiver",
    "Replies",
    "Slot",
    "UnfinishedError",
    "Waivers",
    "as_data",
    "compile_parameters",
    "compile_ruleset",
    "compiled_again",
    "faults_of_expressions",
    "filled",
    "formatted",
    "load_replies",
    "load_ruleset",
    "load_rulesets",
    "load_waivers",
    "margin_said",
    "needed_by",
    "no_such_rule",
    "parameter_values",
    "points",
    "shipped",
    "shipped_names",
    "with_rules",
]
