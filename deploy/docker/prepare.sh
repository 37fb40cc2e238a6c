#!/bin/sh
# Makes the secret files that docker-compose.yml names. Values of .env are taken over, SECRET_KEY and POSTGRES_PASSWORD
# are generated where there are none, the others stay empty until .env has them. A secret that exists is left as it is.
set -eu

usage() {
  cat <<'TEXT'
Usage: deploy/docker/prepare.sh [--dry-run] [--help]

Makes deploy/docker/secrets/: secret_key, postgres_password, superuser_password, netdisco_password,
librenms_api_token, metrics_token. Run it again at any time: a secret that exists is never changed.
TEXT
}

dry_run=false
for argument in "$@"; do
  case $argument in
    --dry-run) dry_run=true ;;
    --help | -h) usage && exit 0 ;;
    *) usage >&2 && exit 3 ;;
  esac
done

root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$root/deploy/docker/secrets

# The value of a variable: of this process, else of .env, without quotes around it.
setting() {
  eval "value=\${$1:-}"
  # shellcheck disable=SC2154 # set by eval
  if [ -z "$value" ] && [ -f "$root/.env" ]; then
    value=$(sed -n "s/^$1=//p" "$root/.env" | tail -n 1 | sed "s/^[\"']\(.*\)[\"']\$/\1/")
  fi
  printf '%s' "$value"
}

generated() {
  head -c 48 /dev/urandom | base64 | tr -d '\n=' | tr '+/' '-_'
}

# make NAME VARIABLE generate|empty
make() {
  file=$folder/$1
  secret=$(setting "$2")
  if [ -s "$file" ] || { [ -e "$file" ] && [ -z "$secret" ]; }; then
    echo "kept $1"
    return
  fi
  if [ "$dry_run" = true ]; then
    echo "would make $1"
    return
  fi
  if [ -z "$secret" ] && [ "$3" = generate ]; then
    secret=$(generated)
  fi
  # The user of the container reads it through a bind mount; on this machine the folder keeps others out.
  printf '%s' "$secret" >"$file.new"
  chmod 0444 "$file.new"
  mv "$file.new" "$file"
  echo "made $1"
}

if [ "$dry_run" = false ]; then
  mkdir -p "$folder"
  chmod 0700 "$folder"
fi
make secret_key SECRET_KEY generate
make postgres_password POSTGRES_PASSWORD generate
make superuser_password SUPERUSER_PASSWORD empty
make netdisco_password NETDISCO_PASSWORD empty
make librenms_api_token LIBRENMS_API_TOKEN empty
make metrics_token METRICS_TOKEN empty
