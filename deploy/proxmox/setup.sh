#!/bin/bash
# Installs LAIM on a Debian machine, from the folder that holds it: with Docker and PostgreSQL, or (--light) with SQLite
# and systemd. Run it again after each upgrade: it keeps data, settings and secrets.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: setup.sh [--light] [--dry-run] [--help]

  (none)      Docker: web, worker and PostgreSQL 17 from docker-compose.yml
  --light     one systemd service on SQLite, for a machine of 512 MB
  --dry-run   print what would be done, and change nothing
  --help      this text

Exit codes: 0 done, 1 failed, 3 wrong usage.
TEXT
}

stop() {
  echo "setup: $*" >&2
  exit 1
}

light=false dry_run=false
for argument in "$@"; do
  case $argument in
    --light) light=true ;;
    --dry-run) dry_run=true ;;
    --help | -h) usage && exit 0 ;;
    *) usage >&2 && exit 3 ;;
  esac
done

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
settings=/etc/laim/.env
units=/etc/systemd/system
build_memory=1800

# Does a command, or with --dry-run only prints it.
run() {
  if [ "$dry_run" = true ]; then
    printf 'would run:'
    printf ' %q' "$@"
    printf '\n'
  else
    "$@"
  fi
}

[ "$dry_run" = true ] || [ "$(id -u)" = 0 ] || stop "run it as root"

install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    run apt-get update -q
    run env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
  fi
}

# What is there already is taken over only when it will survive; exit code 2 means that somebody should look at it later.
check_before_upgrade() {
  local code=0
  if [ "$dry_run" = false ] && [ -n "$(docker compose ps -q db)" ]; then
    docker compose run --rm --no-deps -T worker doctor --preflight || code=$?
    [ "$code" != 1 ] || stop "nothing was changed: mend what is marked, then run setup.sh again"
  fi
}

with_docker() {
  command -v docker >/dev/null || install_packages docker.io docker-cli docker-compose ca-certificates
  if [ "$dry_run" = false ] && ! docker compose version >/dev/null 2>&1; then
    stop "this Docker has no 'docker compose' (version 2): install it for your release, then run setup.sh again"
  fi
  cd "$home"
  run deploy/docker/prepare.sh
  run docker compose build --pull
  check_before_upgrade
  run docker compose up -d --wait --wait-timeout 300
  cat <<'TEXT'
LAIM is served on port 8000. The password of the first superuser was printed once:
  docker compose logs web | grep password
TEXT
}

make_user() {
  if ! getent passwd laim >/dev/null; then
    run useradd --system --user-group --home-dir /var/lib/laim --shell /usr/sbin/nologin laim
  fi
}

# Said at once: without, the kernel ends the build after some minutes, and says so nowhere that one looks.
check_memory() {
  local megabytes
  megabytes=$(awk '/^(MemTotal|SwapTotal):/ { kb += $2 } END { print int(kb / 1024) }' /proc/meminfo)
  [ "$megabytes" -ge "$build_memory" ] ||
    stop "the build needs $build_memory MB of memory and swap, here are $megabytes MB: add swap (pct set <id> --swap 1536), then run setup.sh again"
}

# Installs the packages too; does neither again when nothing has changed since. On 512 MB Node.js would give itself less memory
# than the compiler needs; the rest is swap.
build() {
  cd "$home"
  run env NODE_OPTIONS=--max-old-space-size=1200 npm run --silent build
}

write_settings() {
  if [ -e "$settings" ]; then
    echo "kept $settings"
  elif [ "$dry_run" = true ]; then
    echo "would write $settings"
  else
    mkdir -p "$(dirname "$settings")"
    (
      umask 0077
      sed -e "s|^SECRET_KEY=.*|SECRET_KEY=$(head -c 48 /dev/urandom | base64 | tr -d '\n=' | tr '+/' '-_')|" \
        -e 's|^SIMULATED_LAB=.*|SIMULATED_LAB=false|' \
        -e 's|^# DATABASE_URL=sqlite:.*|DATABASE_URL=sqlite:/var/lib/laim/database/laim.sqlite3|' \
        -e 's|^# BACKUP_INTERVAL_HOURS=.*|BACKUP_INTERVAL_HOURS=24|' \
        -e 's|^# BACKUP_FOLDER=.*|BACKUP_FOLDER=/var/lib/laim/backups|' \
        "$home/.env.example" >"$settings.new"
    )
    chgrp laim "$settings.new"
    chmod 0640 "$settings.new"
    mv "$settings.new" "$settings"
    echo "wrote $settings"
  fi
}

# The command `laim`: as the user laim, with its settings, on the Node.js that npm brought. An installation that is there
# already is taken over only when what it has will survive.
write_command() {
  local file=/usr/local/bin/laim code=0
  if [ "$dry_run" = true ]; then
    echo "would write $file"
    return
  fi
  sed "s|@HOME@|$home|" "$home/deploy/systemd/laim.sh" >"$file.new"
  chmod 0755 "$file.new"
  if [ -e "$file" ]; then
    "$file.new" doctor --preflight || code=$?
    [ "$code" != 1 ] || stop "nothing was changed: mend what is marked, then run setup.sh again"
  fi
  mv "$file.new" "$file"
}

# One process for all, and those of its own for a web server and for workers: the operator enables which.
install_units() {
  local unit
  for unit in laim.service laim-web.service laim-worker@.service; do
    run install -D -m 0644 "$home/deploy/systemd/$unit" "$units/$unit"
  done
}

start_service() {
  run systemctl daemon-reload
  if [ -L "$units/multi-user.target.wants/laim-web.service" ]; then
    run systemctl restart laim-web.service 'laim-worker@*'
  else
    run systemctl enable --quiet laim.service
    run systemctl restart laim.service
  fi
}

with_systemd() {
  [ "$dry_run" = true ] || check_memory
  install_packages ca-certificates
  # Any Node.js from 18 on will do: it installs the one that LAIM runs on. An npm that is there already may be of others.
  command -v npm >/dev/null || install_packages nodejs npm
  make_user
  build
  write_settings
  write_command
  install_units
  start_service
  cat <<'TEXT'
LAIM is served on port 8000, once it has set itself up. The password of the first superuser was printed once:
  journalctl -u laim | grep password
Settings are in /etc/laim/.env; after a change: systemctl restart laim
TEXT
}

if [ "$light" = true ]; then
  with_systemd
else
  with_docker
fi
