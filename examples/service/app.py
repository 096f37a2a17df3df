"""The desk over HTTP. Every fault of a request is an answer that says where, what and how to mend it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from flask import Flask, Response, jsonify, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import HTTPException

from svcstd import SvcstdError
from svcstd.explain import Audience, Explanation
from svcstd.handbook import headline
from svcstd.sla import Change, Readings

from .database import connect
from .desk import ConflictError, Desk, NotStoredError, Told, plain
from .instants import system_clock
from .reports import page, period_of, report_of
from .telling import RefusedError, read_json, read_moment

__all__ = ["create_app", "from_environment"]

LARGEST = 1_000_000
"""Bytes of a body."""
LANGUAGES = ("en", "zh")
AUDIENCES = ("agent", "customer")


def from_environment() -> Flask:
    """The service for a WSGI server, on the database that ``DATABASE_URL`` names."""
    return create_app(Desk(connect(os.environ.get("DATABASE_URL", "sqlite:///desk.db")), system_clock))


def create_app(desk: Desk) -> Flask:
    """The service.

    Args:
        desk: what it does, on which database and by which clock.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    provider = DefaultJSONProvider(app)
    provider.ensure_ascii = provider.sort_keys = provider.compact = False  # people read it too
    app.json = provider
    _take(app, desk)
    _tell(app, desk)
    _answer_faults(app)
    return app


def _take(app: Flask, desk: Desk) -> None:
    """What clients tell."""

    @app.post("/standards")
    def deploy() -> tuple[Response, int]:
        try:
            text = request.get_data().decode()
        except UnicodeDecodeError as error:
            raise RefusedError("body", f"no UTF-8 ({error})", "send the TOML text of a standard") from None
        return jsonify(standard=desk.deploy(text)), 201

    @app.post("/cases")
    def open_case() -> tuple[Response, int]:
        body = _object(read_json(request.get_data()), ("id", "facts", "events"))
        events = _list(body.get("events", []))
        told = desk.open(body.get("id"), body.get("facts", {}), events)
        return jsonify(_told(told)), 201 if told.is_new else 200

    @app.post("/cases/<case>/events")
    def tell(case: str) -> tuple[Response, int]:
        told = desk.tell(case, _list(read_json(request.get_data())))
        return jsonify(_told(told)), 201 if told.events else 200

    @app.post("/cases/<case>/standard")
    def move(case: str) -> Response:
        body = _object(read_json(request.get_data()), ("because",))
        because = body.get("because")
        if not isinstance(because, str) or not because.strip() or not because.isprintable():
            raise RefusedError("because", "there is no reason", 'write {"because": "the holidays of 2027 are known"}')
        return jsonify(_changes(desk.move(case, because=because)))


def _tell(app: Flask, desk: Desk) -> None:
    """What clients ask."""

    @app.get("/cases/<case>")
    def read_case(case: str) -> Response:
        readings = desk.readings(case, as_of=_moment("as_of"), known_at=_moment("known_at"))
        return jsonify(_readings(readings))

    @app.get("/cases/<case>/late-events")
    def late(case: str) -> Response:
        known_at = _moment("known_at")
        if known_at is None:
            raise RefusedError("known_at", "it is missing", "write ?known_at=2026-03-02T09:00:00Z")
        return jsonify(_changes(desk.late_events(case, known_at=known_at)))

    @app.post("/route/<table>")
    def route(table: str) -> Response:
        decision = desk.route(table, read_json(request.get_data()))
        rows = [plain(row) for row in decision.rows]
        return jsonify(rules=decision.rules, rows=rows, why=_lines(decision.explanation))

    @app.get("/waiting")
    def waiting() -> Response:
        return jsonify(
            [
                {
                    "case": one.case,
                    "objective": one.objective,
                    "verdict": one.verdict,
                    "activity": one.activity,
                    "due": None if one.due is None else one.due.isoformat(),
                }
                for one in desk.waiting()
            ]
        )

    @app.get("/report")
    def report() -> Response:
        kind: Literal["day", "week"] = "week" if _choice("of", ("day", "week")) == "week" else "day"
        found = report_of(desk, period_of(desk, kind, _day("day")))
        if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
            return jsonify(headline=headline(found, _language()))
        return Response(page(found, _language()), mimetype="text/html")


def _answer_faults(app: Flask) -> None:
    """Every error as JSON: 400 what cannot be read, 404 what is not there, 409 what is stored otherwise."""

    @app.errorhandler(SvcstdError)
    def library(error: SvcstdError) -> tuple[Response, int]:
        return jsonify(error=error.text(_asked_language()), where=error.where), 400

    @app.errorhandler(RefusedError)
    def refused(error: RefusedError) -> tuple[Response, int]:
        return jsonify(error=str(error), where=error.where), 400

    @app.errorhandler(NotStoredError)
    def missing(error: NotStoredError) -> tuple[Response, int]:
        return jsonify(error=str(error)), 404

    @app.errorhandler(ConflictError)
    def conflict(error: ConflictError) -> tuple[Response, int]:
        return jsonify(error=str(error)), 409

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> tuple[Response, int]:
        return jsonify(error=error.description), error.code or 500


def _object(found: Any, keys: Sequence[str]) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    if not isinstance(found, dict):
        raise RefusedError("body", f"{found!r:.80} is no object", f"send an object of {', '.join(keys)}")
    for key in found:
        if key not in keys:
            raise RefusedError(key, "no such key", f"write {', '.join(keys)}")
    return found


def _list(found: Any) -> list[Any]:  # noqa: ANN401 - any JSON value
    """Several events, or one."""
    return found if isinstance(found, list) else [found]


def _moment(name: str) -> Any:  # noqa: ANN401 - a moment or nothing
    text = request.args.get(name)
    return None if text is None else read_moment(text.replace(" ", "+"), name)  # a plus sign in an address is a space


def _day(name: str) -> date | None:
    text = request.args.get(name)
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise RefusedError(name, f"{text!r:.80} is no date", "write 2026-03-02") from None


def _choice(name: str, choices: Sequence[str]) -> str:
    """A parameter; the first choice where it is left out."""
    found = request.args.get(name, choices[0])
    if found not in choices:
        raise RefusedError(name, f"{found!r:.80} is none of {', '.join(choices)}", f"write {choices[0]}")
    return found


def _language() -> str:
    return _choice("language", LANGUAGES)


def _audience() -> Audience:
    return "customer" if _choice("for", AUDIENCES) == "customer" else "agent"


def _asked_language() -> str:
    """Of a fault, which may be that of the language itself."""
    found = request.args.get("language", "")
    return found if found in LANGUAGES else LANGUAGES[0]


def _lines(told: Explanation) -> list[str]:
    """A reason and those below it, as far as they are for the reader, in the reader's language."""
    return told.text(_language(), for_=_audience()).split("\n")


def _told(told: Told) -> dict[str, Any]:
    return {"case": told.readings.case, "new_events": told.events, "wake_at": _iso(told.wake_at)}


def _changes(found: Sequence[Change]) -> list[dict[str, str]]:
    return [{"objective": one.objective, "what": _lines(one.reason)[0]} for one in found]


def _iso(at: Any) -> str | None:  # noqa: ANN401 - a moment or nothing
    return None if at is None else at.isoformat()


def _readings(readings: Readings) -> dict[str, Any]:
    """What is shown of a case; a customer reads no name of a colleague."""
    told = readings.to_json(explanation=False, for_=_audience())
    shown = readings.shown
    keys = ("name", "target", "activity", "verdict", "due", "remaining", "elapsed", "group", "agent")
    return {
        "case": readings.case,
        "as_of": told["as_of"],
        "edition": told["edition"],
        "next_change": _iso(readings.next_change),
        "shown": None if shown is None else shown.objective,
        "readings": {
            key: {name: told["readings"][key][name] for name in keys} | {"why": _lines(one.explanation)}
            for key, one in readings.items()
        },
        "unpromised": {key: _lines(reason) for key, reason in readings.unpromised.items()},
    }
