"""What a shared barcode says of two works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from mediatheque.areas.catalog.rules.duplicates import Pair

if TYPE_CHECKING:
    from mediatheque.areas.catalog.rules.duplicates import Side

BOX: Final = 4
"""So many works behind one barcode are a boxed set."""
SURE: Final = 90
OTHER_TITLE: Final = -10
OTHER_KIND: Final = -20
OTHER_YEAR: Final = -10


def judge_shared(left: Side, right: Side, barcode: str) -> Pair:
    """Score a pair with the same barcode: the more else differs, the less likely they are one."""
    points, reasons = SURE, [f"same barcode {barcode}"]
    if left.key == right.key:
        reasons.append("same title")
    else:
        points += OTHER_TITLE
        reasons.append("other title")
    if left.kind != right.kind:
        points += OTHER_KIND
        reasons.append("other kind")
    if left.year and right.year and left.year != right.year:
        points += OTHER_YEAR
        reasons.append("other year")
    older, younger = sorted(UUID(str(side.id)) for side in (left, right))
    return Pair(older, younger, points, tuple(reasons))
