#!/bin/sh
# Makes a machine of Proxmox VE from an image of kit, or replaces the image of one. Run it on a node, as root:
#
#   kit build -f qcow2-bios web.yml && scp web.qcow2 proxmox.sh root@node:
#   sh proxmox.sh create  100 web web.qcow2
#   sh proxmox.sh replace 100 web web.qcow2
#
# The image's disk is virtio0, and is thrown away at each replacement. What has to stay is on virtio1, whose serial number
# is kit-data: `disks: [{name: data, match: {serial: kit-data}, …}]`. MEMORY is in MiB (`kit build` prints the least),
# DATA in GiB.
set -eu
action=$1 id=$2 name=$3 image=$4
storage=${STORAGE:-local-lvm} bridge=${BRIDGE:-vmbr0} memory=${MEMORY:-1024} data=${DATA:-10}

case $action in
create)
  qm create "$id" --name "$name" --ostype l26 --machine q35 --cpu host --cores 2 --memory "$memory" \
    --net0 "virtio,bridge=$bridge" --serial0 socket --vga serial0 --rng0 source=/dev/urandom --agent enabled=1 \
    --virtio0 "$storage:0,import-from=$(readlink -f "$image")" \
    --virtio1 "$storage:$data,serial=kit-data,discard=on" --boot order=virtio0
  ;;
replace)
  # In order: services are stopped, then the disks are unmounted.
  qm shutdown "$id" --timeout 120
  # The old disk of the image becomes unused, and is removed. The data disk is not touched.
  qm set "$id" --delete virtio0
  qm set "$id" --delete unused0
  qm set "$id" --virtio0 "$storage:0,import-from=$(readlink -f "$image")" --boot order=virtio0
  ;;
*)
  echo "usage: $0 create|replace ID NAME IMAGE.qcow2" >&2
  exit 2
  ;;
esac
qm start "$id"
