"""Readings as JSON and back, stable across minor versions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, get_args

from svcstd.durations import duration_of, iso_duration
from svcstd.errors import KINDS, DefinitionError, SvcstdError
from svcstd.explain import Explanation
from svcstd.keyed import Keyed
from svcstd.moment import iso_moment, micros, moment, moment_of, timezone
from svcstd.sla.fold import Activity
from svcstd.sla.reading import Breach, Reading, Segment, Verdict
from svcstd.sla.readings import Readings
from svcstd.sla.targets import read_target, write_target

__all__ = ["reading_from_json", "reading_to_json", "readings_from_json", "readings_to_json"]

FORMAT = 1


def reading_to_json(reading: Reading, *, explanation: bool = True) -> dict[str, Any]:
    """A plain mapping of one reading: moments as ISO 8601 with offset, durations as ISO 8601."""
    zone = timezone(reading.zone)

    def at(instant: int | None) -> str | None:
        return None if instant is None else iso_moment(moment(instant, zone))

    found = {
        "objective": reading.objective,
        "name": reading.name,
        "row": reading.row,
        "target": write_target(reading.target),
        "edition": reading.edition,
        "zone": reading.zone,
        "calendar": reading.calendar,
        "digest": reading.digest,
        "as_of": at(reading.asked),
        "start": at(reading.started),
        "due": at(reading.due_at),
        "stop": at(reading.ended),
        "activity": reading.activity,
        "verdict": reading.verdict,
        "elapsed": _duration(reading.elapsed),
        "remaining": _duration(reading.remaining),
        "breached_at": at(reading.breached),
        "breaches": [{"at": at(breach.instant), "target": breach.target} for breach in reading.breaches],
        "next_change": at(reading.changes),
        "problem": None if reading.problem is None else _problem(reading.problem),
        "assumptions": list(reading.assumptions),
        "segments": [
            segment._asdict()
            | {
                "start": at(segment.start),
                "end": at(segment.end),
                "counted": None if segment.counted is None else _duration(timedelta(0, 0, segment.counted)),
            }
            for segment in reading.segments
        ],
    }
    return found | ({"explanation": reading.explanation.to_json()} if explanation else {})


def reading_from_json(found: Mapping[str, Any]) -> Reading:
    """The reading that :func:`reading_to_json` wrote."""
    zone = _zone(found["zone"])

    def at(text: object) -> int | None:
        return None if text is None else _instant(text, zone)

    return Reading(
        objective=_text(found["objective"]),
        name=_text(found["name"]),
        row=_text(found["row"]),
        target=read_target(_text(found["target"])),
        edition=_text(found["edition"]),
        zone=zone,
        calendar=_text(found["calendar"]),
        digest=_text(found["digest"]),
        asked=_instant(found["as_of"], zone),
        started=at(found["start"]),
        due_at=at(found["due"]),
        ended=at(found["stop"]),
        activity=_choice(found["activity"], get_args(Activity)),
        verdict=_choice(found["verdict"], get_args(Verdict)),
        elapsed=_amount(found["elapsed"]),
        remaining=_amount(found["remaining"]),
        breached=at(found["breached_at"]),
        breaches=tuple(Breach(_instant(one["at"], zone), _text(one["target"])) for one in _list(found["breaches"])),
        changes=at(found["next_change"]),
        problem=None if found["problem"] is None else _error(found["problem"]),
        assumptions=tuple(_text(one) for one in _list(found["assumptions"])),
        segments=tuple(_segment(one, zone) for one in _list(found["segments"])),
        told=_told(found["explanation"]) if "explanation" in found else None,
    )


def readings_to_json(readings: Readings, *, explanation: bool = True) -> dict[str, Any]:
    """A plain mapping of all clocks of a case."""
    return {
        "svcstd": FORMAT,
        "case": readings.case,
        "edition": readings.edition,
        "zone": readings.zone,
        "as_of": iso_moment(readings.as_of),
        "readings": {key: reading_to_json(one, explanation=explanation) for key, one in readings.items()},
        "unpromised": {key: reason.to_json() for key, reason in readings.unpromised.items()},
    }


def readings_from_json(found: Mapping[str, Any]) -> Readings:
    """The readings that :func:`readings_to_json` wrote.

    Raises:
        DefinitionError: another format, or not what it wrote: a part is missing, a value of another kind, an unknown
            message.
    """
    if not isinstance(found, Mapping) or found.get("svcstd") != FORMAT:
        value = repr(found.get("svcstd")) if isinstance(found, Mapping) else type(found).__name__
        raise DefinitionError("$.svcstd", "json.format", value=value, format=FORMAT)
    try:
        zone = _zone(found["zone"])
        return Readings(
            _text(found["case"]),
            _text(found["edition"]),
            zone,
            _instant(found["as_of"], zone),
            Keyed({key: reading_from_json(one) for key, one in found["readings"].items()}),
            Keyed({key: _told(reason) for key, reason in found["unpromised"].items()}),
        )
    except (LookupError, TypeError, AttributeError, ValueError, ArithmeticError) as error:
        raise DefinitionError("$", "json.shape", expected=f"what to_json wrote ({error})") from error


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise TypeError(f"a text is wanted, not {type(found).__name__}")
    return found


def _zone(found: object) -> str:
    timezone(_text(found))
    return str(found)


def _list(found: object) -> list[Any]:
    if not isinstance(found, list):
        raise TypeError(f"an array is wanted, not {type(found).__name__}")
    return found


def _choice(found: object, choices: tuple[Any, ...]) -> Any:  # noqa: ANN401 - one of the literals
    if found not in choices:
        raise ValueError(f"one of {', '.join(choices)} is wanted, not {found!r:.40}")
    return found


def _instant(text: object, zone: str) -> int:
    return micros(moment_of(_text(text), zone))


def _duration(amount: timedelta | None) -> str | None:
    return None if amount is None else iso_duration(amount)


def _amount(text: object) -> timedelta | None:
    return None if text is None else duration_of(_text(text))


def _segment(found: Mapping[str, Any], zone: str) -> Segment:
    counted = _amount(found["counted"])
    return Segment(
        start=_instant(found["start"], zone),
        end=_instant(found["end"], zone),
        activity=_choice(found["activity"], get_args(Activity)),
        group=None if found["group"] is None else _text(found["group"]),
        agent=None if found["agent"] is None else _text(found["agent"]),
        calendar=_text(found["calendar"]),
        target=_text(found["target"]),
        counted=None if counted is None else counted // timedelta(microseconds=1),
        reason=_text(found["reason"]),
    )


def _told(found: Mapping[str, Any]) -> Explanation:
    told = Explanation.from_json(found)
    told.text()  # a message that no catalogue knows is refused here, not when somebody reads it
    return told


def _problem(problem: SvcstdError) -> dict[str, object]:
    params = Explanation(problem.message, tuple(problem.params.items())).to_json().get("params", {})  # type: ignore[arg-type]
    return {"error": type(problem).__name__, "where": problem.where, "message": problem.message, "params": params}


def _error(found: Mapping[str, Any]) -> SvcstdError:
    params = Explanation.from_json({"message": "", "params": found["params"]}).params
    error = KINDS[found["error"]](_text(found["where"]), _text(found["message"]), **dict(params))
    error.text()  # as for an explanation
    return error
