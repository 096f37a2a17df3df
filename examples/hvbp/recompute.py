"""Recompute every point and total that the CMS published for fiscal year 2024, and count what differs.

python examples/hvbp/recompute.py
"""

from __future__ import annotations

import csv
import gzip
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from svcstd import load
from svcstd.curves import Rounding
from svcstd.documents import csv_records, read_records
from svcstd.scoring import Score

HERE = Path(__file__).parent
CLINICAL, TOTALS = HERE / "hvbp_clinical_outcomes.csv.gz", HERE / "hvbp_tps.csv.gz"
MEASURES = {
    "ami": "MORT-30-AMI",
    "hf": "MORT-30-HF",
    "pn": "MORT-30-PN",
    "copd": "MORT-30-COPD",
    "cabg": "MORT-30-CABG",
    "hip_knee": "COMP-HIP-KNEE",
}
POINTS = {
    "Achievement Points": "clinical.{}.achievement",
    "Improvement Points": "clinical.{}.improvement",
    "Measure Score": "clinical.{}",
}
DOMAINS = {
    "Unweighted Normalized Clinical Outcomes Domain Score": "clinical",
    "Weighted Normalized Clinical Outcomes Domain Score": "clinical",
    "Weighted Person And Community Engagement Domain Score": "person",
    "Weighted Safety Domain Score": "safety",
    "Weighted Efficiency And Cost Reduction Domain Score": "efficiency",
}
TWELVE = Rounding(Decimal("0.000000000001"), "half up")
MOST_POINTS = 60
NOTHING = "Not Available"
Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    """The rows of a published file."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def scores() -> dict[str, Score]:
    """The score of every hospital, by the standard beside this file."""
    with (HERE / "hvbp.toml").open(encoding="utf-8") as file:
        standard = load(file)
    kinds = standard.current.records
    records: dict[str, list[dict[str, Any]]] = {}
    for name, path in (("clinical", CLINICAL), ("domains", TOTALS)):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            records[name] = read_records(kinds[name], csv_records(lines, kinds[name].fields.types))
    records["domains"] = [{field: unrounded(value) for field, value in row.items()} for row in records["domains"]]
    return dict(standard.scores("total", records))


def unrounded(value: Decimal | int | str) -> Decimal | Fraction | int | str:
    """The share behind a domain score that was published to twelve decimals.

    A domain score is points out of at most sixty possible ones, times a hundred: 66.666666666667 stands for 200/3. A
    share that does not print as it was published is left as it is.
    """
    if isinstance(value, str):
        return value
    share = Fraction(value).limit_denominator(MOST_POINTS)
    return share if TWELVE.of(share) == value else value


def points_of(row: Row, score: Score) -> list[tuple[str, str, str]]:
    """What is published of one hospital's measures, beside what comes out here."""
    lines = {line.key: line.points for line in score.root.walk()}
    found = []
    for key, name in MEASURES.items():
        for column, path in POINTS.items():
            here = lines[path.format(key)]
            told = row[f"{name} {column}"].split(" out of ")[0]
            found.append((f"{name} {column}", told, NOTHING if here is None else str(here / 10)))
    return found


def totals_of(row: Row, score: Score) -> list[tuple[str, str, str]]:
    """What is published of one hospital's domains and total, beside what comes out here."""
    lines = {line.key: line for line in score.root.walk()}
    found = []
    for column, key in DOMAINS.items():
        line = lines[key]
        here = line.points if column.startswith("Unweighted") else line.contribution
        found.append((column, row[column], NOTHING if here is None else f"{TWELVE.of(here):f}"))
    return [*found, ("Total Performance Score", row["Total Performance Score"], f"{score.value:f}")]


def main() -> None:
    """Print how many figures were compared, and each that differs."""
    found = scores()
    compared = [
        (row["Facility ID"], *one) for row in rows(CLINICAL) for one in points_of(row, found[row["Facility ID"]])
    ]
    compared += [
        (row["Facility ID"], *one) for row in rows(TOTALS) for one in totals_of(row, found[row["Facility ID"]])
    ]
    different = [one for one in compared if one[2] != one[3]]
    for one in different[:20]:
        print(*one, sep=" | ")
    print(f"{len(found):,} hospitals, {len(compared):,} published figures, {len(different)} different")


if __name__ == "__main__":
    main()
