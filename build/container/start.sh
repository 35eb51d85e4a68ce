# PID 1 of a container before it is init: `start.sh ROOT NAME`, run by busybox in new namespaces, beside the root file
# system. What only exists in them is mounted here; then the host goes out of sight, and init comes.
set -e
root=$1

# The network is made before anybody looks for it.
read -r go <&3
[ "$go" = go ]
exec 3<&-

hostname "$2"
# A mount from outside cannot be moved, a bind mount of it can.
mount --rbind "$root" "$root"
# -P: by the name as it is, and not from the top, where folders are closed to us.
cd -P "$root"
mount -t proc -o nosuid,nodev,noexec proc proc
mount -t sysfs -o nosuid,nodev,noexec sysfs sys
mount -t cgroup2 -o nosuid,nodev,noexec cgroup2 sys/fs/cgroup
mount -t devpts -o nosuid,noexec,gid=5,mode=0620,ptmxmode=0666 devpts dev/pts
# The groups of services are made beside this one: a group with processes in it has no children that count.
mkdir sys/fs/cgroup/init
echo 1 >sys/fs/cgroup/init/cgroup.procs
# The host's is none of the image's business.
mount --bind run/kit/cmdline proc/cmdline
# The host's kernel goes on when this machine begins anew.
mount --bind run/kit/boot-id proc/sys/kernel/random/boot_id
pivot_root . mnt
cd /
umount -l /mnt
exec </dev/console >/dev/console 2>&1
exec /usr/bin/busybox env -i HOME=/root TERM=linux NO_COLOR=1 \
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  /usr/bin/node --disable-warning=ExperimentalWarning --max-semi-space-size=1 --expose-gc /usr/lib/kit/init/main.mjs
