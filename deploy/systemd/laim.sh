#!/bin/sh
# `laim` on a machine without Docker: as the user laim, with the settings of /etc/laim/.env.
export ENV_PATH="${ENV_PATH:-/etc/laim}" NODE_ENV=production
home=@HOME@
for node in "$home"/node_modules/node-linux-*/bin/node "$home"/node_modules/@laim/node24/node_modules/node-linux-*/bin/node; do
  [ ! -x "$node" ] || break
done
[ -x "$node" ] || node=node
if [ "$(id -u)" = 0 ]; then
  exec setpriv --reuid laim --regid laim --init-groups "$node" "$home/deploy/laim.mjs" "$@"
fi
exec "$node" "$home/deploy/laim.mjs" "$@"
