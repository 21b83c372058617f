"""What became of the printed figures that a finding stands on: the same fields of the same subjects in the other result.

Both results say what is printed of which subject; where one does not, nothing is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from perfrules.documents.json_parts import Part
from perfrules.model.comparison import Development, Figure, Place

About = tuple[str, ...]
Field = tuple[About, str]


@frozen
class Printed:
    """What is printed, by subject and field; for each place the fields that are read from it, and what the first of them is called."""

    places: Mapping[Field, tuple[Place, ...]] = {}
    fields: Mapping[Place, tuple[Field, ...]] = {}
    labels: Mapping[Place, str] = {}


def place_of(each: Part) -> Place:
    """A place of a result: its words without blanks."""
    span = tuple(str(at.value) for at in each["span"].rows())
    quote = "".join(each["quote"].text().split())
    return Place(quote, each["source"].text(), each["address"].text(), each["field"].text(), span)


def printed_of(report: Part, about: Mapping[str, About]) -> Printed:
    """What a report of a result says is printed; `about` is what each subject's id is about."""
    places, fields = defaultdict[Field, list[Place]](list), defaultdict[Place, list[Field]](list)
    labels = dict[Place, str]()
    for each in report["printed"].rows():
        place, id = place_of(each), each["subject"].text()
        field = (about.get(id, (id,)), place.field)
        places[field].append(place)
        fields[place].append(field)
        labels.setdefault(place, each["label"].text())
    return Printed(
        {key: tuple(each) for key, each in places.items()},
        {key: tuple(each) for key, each in fields.items()},
        labels,
    )


def followed(each: Development, old: Printed, new: Printed, renamed: Mapping[About, About]) -> Development:
    """The development with its figures: those it stood on with what they are now, then those it stands on with what they were."""
    if not old.places or not new.places:
        return each
    back = {later: before for before, later in renamed.items()}
    figures = [
        Figure(old.labels[place], place, then)
        for place, then in _pairs(each.before.places if each.before else (), old, new, renamed)
    ]
    told = {figure.after for figure in figures}
    figures += [
        Figure(new.labels[place], then, place)
        for place, then in _pairs(each.after.places if each.after else (), new, old, back)
        if place not in told
    ]
    return evolve(each, figures=tuple(dict.fromkeys(figures)))


def _pairs(
    places: Sequence[Place], here: Printed, there: Printed, names: Mapping[About, About]
) -> Iterator[tuple[Place, Place | None]]:
    """Each place with that of the same field in the other result: of several prints the same words; None where it has none."""
    for place in places:
        fields = here.fields.get(place, ())
        if not fields:  # nobody says whose figure it is
            continue
        found = [
            other for about, name in fields for other in there.places.get((names.get(about, about), name), ())
        ]
        alike = [other for other in found if other.quote == place.quote]
        yield place, next(iter((*alike, *found)), None)
