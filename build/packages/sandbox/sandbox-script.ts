/**
 * A script for busybox, which is `$2`, in new namespaces of users, mounts, network and processes. It makes a
 * root file system in the empty folder NEW of the tree of tools, the programs and the files of /etc in the
 * folders BIN and ETC, and the mounts that follow: FROM, TO, and `ro` or `rw`. It runs the script on its
 * standard input there, without capabilities; scripts write to mounts that are `rw`, and to /tmp. There is no
 * /proc: started by root, the script has root's uid, which files of /proc/sys let write.
 */
export const sandboxScript = `
set -e
new=$1 busybox=$2 tree=$3 bin=$4 etc=$5
shift 5
# By its path: the host need not have these programs.
run() { "$busybox" "$@"; }
run mount -t tmpfs -o mode=0755,nosuid,nodev tmpfs "$new"
cd "$new"
run mkdir usr opt opt/bin tmp dev old etc
for name in bin sbin lib lib64; do run ln -s "usr/$name" "$name"; done
run mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs tmp
bind() {
  run mount --bind "$1" "$2"
  run mount -o "remount,bind,nosuid,nodev,$3" "$1" "$2"
}
bind "$tree/usr" usr ro
bind "$bin" opt/bin ro
bind "$etc" etc ro
while [ $# -gt 0 ]; do
  run mkdir -p ".$2"
  bind "$1" ".$2" "$3"
  shift 3
done
for name in null zero random urandom; do
  : >"dev/$name"
  run mount --bind "/dev/$name" "dev/$name"
done
run pivot_root . old
cd /
busybox=/usr/bin/busybox
run umount -l /old
run mount -o remount,bind,ro,nosuid,nodev none /
exec /usr/bin/env -i /usr/bin/setpriv --bounding-set=-all --inh-caps=-all --no-new-privs /bin/sh -s
`;
