/**
 * A script for busybox, which is `$6`, in new namespaces of users, mounts, network and processes. It makes a
 * root file system in the empty folder NEW with the tool chain, read-only, and the staging folder BUILD, to
 * which alone scripts write besides /tmp; then it runs the script on its standard input there, without
 * capabilities. There is no /proc: started by root, the script has root's uid, which files of /proc/sys let
 * write.
 */
export const sandboxScript = `
set -e
new=$1 tree=$2 node=$3 gyp=$4 build=$5 busybox=$6
# By its path: the host need not have these programs.
run() { "$busybox" "$@"; }
run mount -t tmpfs -o mode=0755,nosuid,nodev tmpfs "$new"
cd "$new"
run mkdir usr opt opt/bin opt/node opt/gyp build tmp dev old etc
for name in bin sbin lib lib64; do run ln -s "usr/$name" "$name"; done
echo 'root:x:0:0:root:/tmp:/bin/sh' >etc/passwd
echo 'root:x:0:' >etc/group
run mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs tmp
# Files of the cache are not executable.
printf '#!/bin/sh\\nexec /opt/node/bin/node /opt/gyp/node_modules/node-gyp/bin/node-gyp.js "$@"\\n' >opt/bin/node-gyp
run chmod 755 opt/bin/node-gyp
bind() {
  run mount --bind "$1" "$2"
  run mount -o "remount,bind,nosuid,nodev,$3" "$1" "$2"
}
bind "$tree/usr" usr ro
bind "$node" opt/node ro
bind "$gyp" opt/gyp ro
bind "$build" build rw
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
