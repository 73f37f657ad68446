#!/usr/bin/env bash
# A private PostgreSQL for the tests: on a free loopback port, in a folder of its own, with no one else's data.
#
#   .ci/postgres.sh          start it (installing PostgreSQL by apt if it is missing) and print its URL
#   .ci/postgres.sh stop     stop it and remove its folder
#
# It trusts every local connection and does not sync to disk: for tests only.
set -euo pipefail

home="${TMPDIR:-/tmp}/yakin-test-postgres-$(id -u)"
data="$home/data"

find_bin() {
    if command -v pg_config >/dev/null && [ -x "$(pg_config --bindir)/postgres" ]; then
        pg_config --bindir
        return
    fi
    local bin
    for bin in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV); do
        if [ -x "$bin/initdb" ]; then
            echo "$bin"
            return
        fi
    done
}

install_postgres() {
    local as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    {
        "${as_root[@]}" apt-get update -q
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends postgresql
    } >&2
}

# PostgreSQL refuses to run as root.
as_server_user() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && setpriv --reuid=postgres --regid=postgres --init-groups -- "$@")
    else
        "$@"
    fi
}

running() {
    [ -n "$bin" ] && [ -d "$data" ] && as_server_user "$bin/pg_ctl" -D "$data" status >/dev/null 2>&1
}

start() {
    if [ -z "$bin" ]; then
        install_postgres
        bin="$(find_bin)"
    fi
    if running; then
        cat "$home/url"
        return
    fi
    rm -rf "$home"
    mkdir -m 700 "$home"
    [ "$(id -u)" != 0 ] || chown postgres "$home"
    as_server_user "$bin/initdb" -D "$data" -U yakin -A trust -E UTF8 --no-locale --no-sync >"$home/initdb.log" 2>&1
    local try port
    for try in 1 2 3 4 5 6 7 8; do
        port=$((20000 + RANDOM % 20000))
        # A port that is taken makes the server refuse to start; then another one is tried.
        if as_server_user "$bin/pg_ctl" -D "$data" -l "$data/server.log" -w -t 60 -s \
            -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='' -c fsync=off -c max_connections=100" \
            start >&2; then
            echo "postgres://yakin@127.0.0.1:$port/postgres" >"$home/url"
            cat "$home/url"
            return
        fi
    done
    cat "$data/server.log" >&2
    exit 1
}

bin="$(find_bin)"
case "${1:-start}" in
start) start ;;
stop)
    if running; then
        as_server_user "$bin/pg_ctl" -D "$data" -m fast -w -s stop >&2
    fi
    rm -rf "$home"
    ;;
*)
    echo "usage: $0 [start|stop]" >&2
    exit 2
    ;;
esac
