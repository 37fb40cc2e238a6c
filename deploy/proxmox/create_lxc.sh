#!/bin/bash
# Makes a container for LAIM on a Proxmox VE host: template, unprivileged, nesting, network, SSH key. Run it again at any
# time: a container that exists is left as it is, and started.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: create_lxc.sh [options]

  --id N                number of the container (200)
  --hostname NAME       its name (laim)
  --light               SQLite and systemd instead of Docker: 512 MB, 1 core, 8 GB
  --memory MB           memory (2048; light 512)
  --swap MB             swap (512; light 1536, which the build needs)
  --cores N             cores (2; light 1)
  --disk GB             root disk (16; light 8)
  --storage NAME        storage of the disk (local-lvm)
  --template-storage NAME
                        storage of templates (local)
  --template NAME       template, as `pveam available` lists it (newest Debian 13, else 12)
  --bridge NAME         network bridge (vmbr0)
  --ip dhcp|CIDR        address (dhcp), such as 192.0.2.10/24
  --gateway ADDRESS     gateway; needed beside an address
  --vlan N              VLAN tag, 1 to 4094
  --ssh-key FILE        public key of root; without one `pct enter` is the way in
  --no-start            make it, and leave it stopped
  --dry-run             print what would be done, and change nothing
  --help                this text

Exit codes: 0 done, 1 failed, 3 wrong usage.
TEXT
}

wrong() {
  echo "create_lxc: $*. See --help" >&2
  exit 3
}

stop() {
  echo "create_lxc: $*" >&2
  exit 1
}

id=200 hostname=laim light=false memory='' swap='' cores='' disk='' storage=local-lvm template_storage=local
template='' bridge=vmbr0 ip=dhcp gateway='' vlan='' ssh_key='' start=true dry_run=false

while [ $# -gt 0 ]; do
  case $1 in
    --light) light=true && shift && continue ;;
    --no-start) start=false && shift && continue ;;
    --dry-run) dry_run=true && shift && continue ;;
    --help | -h) usage && exit 0 ;;
    --id | --hostname | --memory | --swap | --cores | --disk | --storage | --template-storage | --template | --bridge | --ip | --gateway | --vlan | --ssh-key)
      [ $# -ge 2 ] || wrong "$1 needs a value"
      name=${1#--}
      printf -v "${name//-/_}" '%s' "$2"
      shift 2
      ;;
    *) wrong "there is no option $1" ;;
  esac
done

if [ "$light" = true ]; then
  : "${memory:=512}" "${swap:=1536}" "${cores:=1}" "${disk:=8}"
else
  : "${memory:=2048}" "${swap:=512}" "${cores:=2}" "${disk:=16}"
fi

for name in id memory swap cores disk; do
  [[ ${!name} =~ ^[0-9]+$ ]] || wrong "--$name must be a whole number, not '${!name}'"
done
[ "$id" -ge 100 ] || wrong "--id must be 100 or more"
[[ $hostname =~ ^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$ ]] || wrong "--hostname '$hostname' is no host name"
if [ -n "$vlan" ]; then
  [[ $vlan =~ ^[0-9]{1,4}$ ]] || wrong "--vlan must be 1 to 4094, not '$vlan'"
  { [ "$vlan" -ge 1 ] && [ "$vlan" -le 4094 ]; } || wrong "--vlan must be 1 to 4094, not '$vlan'"
fi
if [ "$ip" != dhcp ]; then
  [[ $ip =~ ^[0-9a-fA-F.:]+/[0-9]+$ ]] || wrong "--ip must be dhcp or an address with its prefix, such as 192.0.2.10/24"
  [ -n "$gateway" ] || wrong "--gateway is needed beside --ip $ip"
fi
[ -z "$ssh_key" ] || [ -r "$ssh_key" ] || wrong "--ssh-key $ssh_key cannot be read"

for command in pct pveam; do
  command -v "$command" >/dev/null || stop "there is no $command: this runs on a Proxmox VE host"
done

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

start_container() {
  if [ "$start" = true ] && ! pct status "$id" 2>/dev/null | grep -q running; then
    run pct start "$id"
  fi
}

if pct status "$id" >/dev/null 2>&1; then
  name=$(pct config "$id" | sed -n 's/^hostname: //p')
  [ "$name" = "$hostname" ] || stop "container $id exists and is '$name': choose another --id"
  echo "container $id ($hostname) exists and is left as it is"
  start_container
  exit 0
fi

newest_template() {
  local release found
  for release in 13 12; do
    found=$(pveam available --section system | awk '{print $2}' | grep "^debian-$release-standard" | sort -V | tail -n 1) || true
    if [ -n "$found" ]; then
      echo "$found"
      return
    fi
  done
}

[ "$dry_run" = true ] || pveam update >/dev/null || echo "create_lxc: the list of templates could not be updated; going on with the old one" >&2
[ -n "$template" ] || template=$(newest_template)
[ -n "$template" ] || stop "there is no Debian 13 or 12 template: run 'pveam update', or name one with --template"
if ! pveam list "$template_storage" 2>/dev/null | grep -q "vztmpl/$template"; then
  run pveam download "$template_storage" "$template"
fi

network="name=eth0,bridge=$bridge,ip=$ip"
[ -z "$gateway" ] || network+=",gw=$gateway"
[ -z "$vlan" ] || network+=",tag=$vlan"
features=nesting=1
[ "$light" = true ] || features+=,keyctl=1
options=(--hostname "$hostname" --unprivileged 1 --features "$features" --memory "$memory" --swap "$swap"
  --cores "$cores" --rootfs "$storage:$disk" --net0 "$network" --onboot 1 --ostype debian)
[ -z "$ssh_key" ] || options+=(--ssh-public-keys "$ssh_key")

run pct create "$id" "$template_storage:vztmpl/$template" "${options[@]}"
start_container

arguments=''
[ "$light" = false ] || arguments=' --light'
cat <<TEXT
container $id ($hostname) is ready. Next, from the folder of LAIM:
  git archive --format=tar HEAD | gzip > /tmp/laim.tar.gz
  pct push $id /tmp/laim.tar.gz /tmp/laim.tar.gz
  pct exec $id -- sh -c 'mkdir -p /opt/laim && tar xzf /tmp/laim.tar.gz -C /opt/laim && /opt/laim/deploy/proxmox/setup.sh$arguments'
TEXT
