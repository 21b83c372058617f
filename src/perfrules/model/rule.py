"""Rules and rulesets as their authors wrote them: texts with places. Stage `rules` checks and compiles them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from attrs import field, frozen

from perfrules.bilingual import Bilingual
from perfrules.location import Location

Day = date
"""A date, where a field is called so."""


class Severity(Enum):
    """What a finding asks for: 请更正, 请说明, or nothing but attention (提示). The gravest first."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


@frozen
class Expression:
    """An expression of the rule language as text, and where it starts in its ruleset file."""

    text: str
    location: Location | None = None


@frozen
class Basis:
    """What a rule rests on. Reports cite only what is `confirmed`: somebody read the passage at its source.

    `repealed` is the first day on which the document no longer counts.
    """

    document: str
    number: str = ""
    article: str = ""
    quote: str = ""
    date: Day | None = None
    confirmed: bool = False
    repealed: Day | None = None


@frozen
class Suspect:
    """A way in which an accused figure may have come about, tried when the rule's assertion fails.

    `value` is compared with the rule's `figure` by the slack of the printed digits.
    """

    id: str
    label: Bilingual
    value: Expression


@frozen
class Band:
    """One level of a rule with bands: what the measure lies between, and what is found there.

    An absent end is open for ever. `severity` is None where the level is no finding; `message` stands for the rule's.
    """

    level: str
    title: Bilingual
    location: Location
    low: Expression | None = None
    high: Expression | None = None
    low_closed: bool = True
    high_closed: bool = False
    severity: Severity | None = None
    message: Bilingual | None = None


@frozen
class Otherwise:
    """What a finding is called and says when suspects are declared and none reproduces the figure."""

    topic: str
    title: Bilingual
    message: Bilingual


@frozen
class Request:
    """What a finding asks for, added to its message: one wording where the text explains itself, one where not."""

    explained: Bilingual
    unexplained: Bilingual


@frozen
class Example:
    """A submission in small, in the documented submission format, and the outcome the rule must have on it.

    `level` is the band it must come to; `at` is the id of the subject meant; empty where only one subject of the rule's types is there. `parameters` have
    these values in the example, so that a rule which its ruleset leaves off can be shown at work.
    """

    outcome: str
    submission: Mapping[str, object]
    location: Location
    at: str = ""
    topic: str = ""
    note: str = ""
    parameters: Mapping[str, Expression] = field(factory=dict)
    level: str = ""


@frozen
class Rule:
    """One rule. `for_types` are the subject types it is asked of.

    `when` guards it (false: not applicable; unknown: undetermined) and `condition` is what must hold (the key
    `assert`). `measure` and `limit` are shown with the finding and give the margin; `figure` names the printed figure
    that a violation accuses. `required` lists the types for which a report is only green if the rule was decided.
    `yields_to` are rules under whose finding this one's is folded when both stand on one cause. `explained_by` is the
    section of the text in which an explanation is looked for; it never changes the outcome. `plugin` is the one that
    brought the rule, empty for those of rulesets; `origin` the ruleset it stands in. `because` tells why it replaces one of
    the parent's. An open rule may be withdrawn, replaced or made milder by rulesets that extend its own. While a
    violation stands, the figures of its subject named in `doubts` are under suspicion: other rules do not rely on them.
    A rule with `bands` has levels in the order of the measure instead of one condition: `condition` is then that it lies
    in a level without a finding. An unwaivable rule is refused in waivers.
    `fix` tells the department how such a finding is usually mended.
    """

    id: str
    title: Bilingual
    topic: str
    severity: Severity
    for_types: tuple[str, ...]
    condition: Expression
    message: Bilingual
    location: Location
    why: Bilingual
    when: Expression | None = None
    measure: Expression | None = None
    limit: Expression | None = None
    margin: Expression | None = None
    figure: str = ""
    suspects: tuple[Suspect, ...] = ()
    otherwise: Otherwise | None = None
    explained_by: str = ""
    request: Request | None = None
    required: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()
    fix: Bilingual | None = None
    basis: tuple[Basis, ...] = ()
    since: date | None = None
    until: date | None = None
    examples: tuple[Example, ...] = ()
    plugin: str = ""
    origin: str = ""
    because: str = ""
    is_open: bool = False
    is_unwaivable: bool = False


@frozen
class DatedValue:
    """A parameter's value from a date on: an expression, or one by month, or neither: it is off then. With its source."""

    since: date
    value: Expression | None
    by_month: Mapping[int, Expression]
    source: str = ""


@frozen
class Parameter:
    """A named threshold of a ruleset, without the `$`; `values` are ordered by date.

    `tighter` says which way is stricter (`higher`, `lower`, or neither where it is empty). An open parameter may be set to
    anything by rulesets that extend its own, another only to what is stricter. `kind` says what values it has where none
    is given (`ratio`, `text list`): a parameter without a value is off until a ruleset sets it. `origin` is the ruleset of its values, and
    `because` why they differ from the parent's, which is `before`.
    """

    name: str
    title: Bilingual
    values: tuple[DatedValue, ...]
    location: Location
    tighter: str = ""
    is_open: bool = False
    kind: str = ""
    origin: str = ""
    because: str = ""
    before: Parameter | None = None


@frozen
class Change:
    """What a ruleset changed of its parent: `replace`, `withdraw`, `severity` or `parameter`, of what, and why.

    `before` and `after` are what it was and is, in words of the ruleset.
    """

    verb: str
    what: str
    because: str
    before: str = ""
    after: str = ""


@frozen
class Ruleset:
    """A ruleset as loaded: identity, the hash of all its files, parameters and rules by id, in order.

    One that extends another has the parent's rules and parameters too, as changed; `changes` tells every change, each
    ruleset's after its parent's. `examples`, by rule, show what its settings come to.
    """

    id: str
    version: str
    title: Bilingual
    sha256: str
    parameters: Mapping[str, Parameter]
    rules: Mapping[str, Rule]
    parent: Ruleset | None = None
    changes: tuple[Change, ...] = ()
    is_open: bool = False
    examples: Mapping[str, tuple[Example, ...]] = field(factory=dict)
