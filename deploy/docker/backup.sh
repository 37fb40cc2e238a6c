#!/bin/sh
# Dumps the PostgreSQL of docker-compose.yml into a folder, with a checksum beside it, and keeps the newest ones.
set -eu

usage() {
  echo "Usage: deploy/docker/backup.sh [folder (./backups)] [how many to keep (14)] [--help]"
}

case ${1:-} in
  --help | -h) usage && exit 0 ;;
  -*) usage >&2 && exit 3 ;;
esac
folder=${1:-backups}
keep=${2:-14}
case $keep in
  '' | *[!0-9]* | 0) usage >&2 && exit 3 ;;
esac

umask 0077
mkdir -p "$folder"
name=laim-$(date -u +%Y%m%dT%H%M%SZ).dump
trap 'rm -f "$folder/$name.partial"' EXIT
# shellcheck disable=SC2016 # the container's shell knows the variables
docker compose exec -T db sh -c 'pg_dump --format=custom --no-owner --no-privileges -U "$POSTGRES_USER" "$POSTGRES_DB"' \
  >"$folder/$name.partial"
docker compose exec -T db pg_restore --list <"$folder/$name.partial" >/dev/null
mv "$folder/$name.partial" "$folder/$name"
(cd "$folder" && sha256sum "$name" >"$name.sha256")
echo "$folder/$name"

# Names sort by time, and only ours are counted.
find "$folder" -maxdepth 1 -name 'laim-*Z.dump' | sort -r | tail -n "+$((keep + 1))" | while read -r old; do
  rm -f "$old" "$old.sha256"
  echo "removed $old"
done
