#!/bin/sh
# Builds LAIM from the folder it stands in and puts what runs, and nothing else, into a new folder. Needs Node.js 24 and npm.
set -eu

case $#${1:-} in
  1[!-]*) ;;
  *) echo "Usage: deploy/docker/build.sh <new folder>" >&2 && exit 3 ;;
esac
mkdir -p "$(dirname "$1")"
mkdir "$1"
out=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."

# The build leaves the test runner out, and its own install the development packages.
npm ci --include=dev --no-audit --no-fund --loglevel=error
NODE_ENV=production node ace.js build
rm -rf node_modules build/tests build/plugins/*/tests build/bin/test.js
mkdir -p "$out/bin/tasks" "$out/deploy"
mv build "$out/build"
cp bin/node24.mjs "$out/bin/"
cp bin/tasks/supervisor.mjs bin/tasks/process.mjs "$out/bin/tasks/"
cp deploy/laim.mjs deploy/secret_files.mjs "$out/deploy/"
chmod 0755 "$out/deploy/laim.mjs"
cd "$out/build"
npm ci --omit=dev --omit=optional --omit=peer --no-audit --no-fund --loglevel=error
