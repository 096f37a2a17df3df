#!/usr/bin/env bash
# Runs a command beside a PostgreSQL of its own: in a temporary folder, on loopback, with a password drawn for it, gone afterwards.
# Usage: bash with_postgresql.sh python manage.py demo
# Needs the server's programs: apt-get install postgresql (Debian, Ubuntu), brew install postgresql (macOS).
set -euo pipefail
[ $# -gt 0 ] || { echo "say what to run, e.g. bash $0 python manage.py demo" >&2; exit 2; }

if command -v pg_config >/dev/null && [ -x "$(pg_config --bindir)/initdb" ]; then
  bin=$(pg_config --bindir)
else
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
fi
[ -x "${bin:-}/initdb" ] || { echo "no PostgreSQL server here; on Debian: apt-get install postgresql" >&2; exit 1; }

# PostgreSQL refuses to run as root; Debian's package brings a user for it.
as=()
if [ "$(id -u)" = 0 ]; then as=(runuser -u postgres --); fi

folder=$(mktemp -d)
stop() {
  "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT

password=$(od -An -tx1 -N16 /dev/urandom | tr -d ' \n')
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
(umask 077 && printf '%s' "$password" >"$folder/password")
if [ "$(id -u)" = 0 ]; then chown -R postgres "$folder"; fi

cd "$folder" # a folder that the server's user may enter
"${as[@]}" "$bin/initdb" -D data -U desk --pwfile=password --auth=scram-sha-256 -E UTF8 --locale=C.UTF-8 >/dev/null
"${as[@]}" "$bin/pg_ctl" -D data -l log -w -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='$folder'" start >/dev/null ||
  { cat log >&2; exit 1; }
cd "$OLDPWD"

export DATABASE_URL=postgresql://desk:$password@127.0.0.1:$port/postgres
"$@"
