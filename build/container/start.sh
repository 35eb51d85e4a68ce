# `start.sh ROOT NAME CGROUPS DEVPTS`: PID 1 of a container until it executes init. busybox runs it in new namespaces, in
# the folder beside the root file system. It mounts what belongs to these namespaces, detaches the host's mounts, and
# starts init. CGROUPS: `own` if the container may make cgroups. DEVPTS: the owner of terminals, as mount options.
set -e
root=$1 cgroups=$3 devpts=$4

# Waits until the launcher has set up the network, so that no program sees the machine without it.
read -r go <&3
[ "$go" = go ]
exec 3<&-

hostname "$2"
# pivot_root(2) needs a mount point of this mount namespace: those inherited from outside are locked (mount_namespaces(7)).
mount --rbind "$root" "$root"
# -P: without it the shell resolves the path from /, through folders that are closed to the mapped root.
cd -P "$root"
mount -t proc -o nosuid,nodev,noexec proc proc
mount -t sysfs -o nosuid,nodev,noexec sysfs sys
if [ "$cgroups" = own ]; then
  mount -t cgroup2 -o nosuid,nodev,noexec cgroup2 sys/fs/cgroup
  # The cgroups of services are created beside this one: a cgroup with processes cannot enable controllers for children.
  mkdir sys/fs/cgroup/init
  echo 1 >sys/fs/cgroup/init/cgroup.procs
else
  # crun looks for the hierarchy, even if it may not change it.
  mount -t cgroup2 -o ro,nosuid,nodev,noexec cgroup2 sys/fs/cgroup
fi
mount -t devpts -o "nosuid,noexec,${devpts}mode=0620,ptmxmode=0666" devpts dev/pts
# The image's command line instead of the host's.
mount --bind run/kit/cmdline proc/cmdline
# A boot id of this boot: the host kernel's does not change when the container reboots.
mount --bind run/kit/boot-id proc/sys/kernel/random/boot_id
pivot_root . mnt
cd /
umount -l /mnt
exec </dev/console >/dev/console 2>&1
exec /usr/bin/busybox env -i HOME=/root TERM=linux NO_COLOR=1 \
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  /usr/bin/node --disable-warning=ExperimentalWarning --max-semi-space-size=1 /usr/lib/kit/init/main.mjs
