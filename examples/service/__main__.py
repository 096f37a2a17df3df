"""``python -m examples.service``: the service with its worker, for a look around."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

from .app import create_app
from .database import connect
from .desk import Desk
from .instants import clock_from, system_clock
from .outbox import Outgoing
from .worker import work

HERE = Path(__file__).parent


def main() -> None:
    """Serve on loopback until interrupted."""
    options = ArgumentParser(prog="python -m examples.service", description=__doc__)
    options.add_argument("--port", type=int, default=8080)
    options.add_argument("--sample", action="store_true", help="deploy desk.toml and tell it the cases of sample.json")
    options.add_argument("--now", type=datetime.fromisoformat, help="a moment at which the clock shall start")
    options.add_argument("--reports", type=Path, default=HERE / "nightly", help="the folder of nightly reports")
    asked = options.parse_args()
    database = connect(os.environ.get("DATABASE_URL", f"sqlite:///{HERE / 'desk.db'}"))
    desk = Desk(database, system_clock if asked.now is None else clock_from(asked.now))
    if asked.sample:
        desk.deploy((HERE / "desk.toml").read_text(encoding="utf-8"))
        for one in json.loads((HERE / "sample.json").read_text(encoding="utf-8")):
            desk.open(one["id"], one["facts"], one["events"])
    asked.reports.mkdir(exist_ok=True)
    stop = Event()
    Thread(target=work, args=(desk, show, asked.reports, stop), daemon=True).start()
    try:
        create_app(desk).run("127.0.0.1", asked.port, threaded=True)
    finally:
        stop.set()
        database.close()


def show(notice: Outgoing) -> None:
    """Send a notice to the terminal; yours writes a mail or a message."""
    to = ", ".join(notice.to)
    print(
        f"{notice.at:%Y-%m-%d %H:%M} UTC, to {to}: {notice.objective} of {notice.case}, {notice.threshold}", flush=True
    )


if __name__ == "__main__":
    main()
