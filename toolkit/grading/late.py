"""What is taken off for handing in late, by the terms of the assignment."""

import math
from collections.abc import Mapping


def late_share(terms: Mapping[str, object] | None, days_late: float) -> float:
    """Return the share of the points that is left, from 1 in time to 0 once the assignment is closed.

    share = 1 − per_day / 100 × days begun, and 0 after as many days as the terms allow. Without such terms lateness
    costs nothing.

    >>> terms = {"late": {"per_day": 10, "days": 5}}
    >>> late_share(terms, 0), late_share(terms, 1.2), late_share(terms, 5.1), late_share({}, 9)
    (1.0, 0.8, 0.0, 1.0)
    """
    late = (terms or {}).get("late")
    if days_late <= 0 or not isinstance(late, Mapping):
        return 1.0
    begun = math.ceil(days_late)
    return 0.0 if begun > late["days"] else max(0.0, round(1 - late["per_day"] / 100 * begun, 6))


def late_sentence(terms: Mapping[str, object] | None, days_late: float) -> str:
    """Return in words what lateness costs, or an empty text for what was in time.

    >>> late_sentence({"late": {"per_day": 10, "days": 5}}, 1.2)
    '2 days begun after the due time: 20 per cent of the points are taken off, 10 for each day begun.'
    """
    if days_late <= 0:
        return ""
    begun, off = math.ceil(days_late), 100 * (1 - late_share(terms, days_late))
    told = f"{begun} day{'s' * (begun != 1)} begun after the due time"
    late = (terms or {}).get("late")
    if not isinstance(late, Mapping):
        return f"{told}: nothing is taken off."
    why = f"{late['per_day']:g} for each day begun" if begun <= late["days"] else f"as after any {late['days']:g} days"
    return f"{told}: {off:g} per cent of the points are taken off, {why}."
