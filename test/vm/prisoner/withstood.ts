/** What the service of this folder answers where kit's defaults hold. */
export const withstood = {
  attacks: {
    core_pattern: 'EROFS',
    modprobe: 'EROFS',
    uevent_helper: 'EROFS',
    sysrq: 'EROFS',
    hostname: 'EROFS',
    drop_caches: 'EROFS',
    ksm: 'EROFS',
    keys: 'hidden',
    remount: 'mount: permission denied (are you root?)',
    mount: 'mount: permission denied (are you root?)',
    'user namespace': 'unshare: unshare(0x10000000): Operation not permitted',
    'network namespace': 'unshare: unshare(0x40000000): Operation not permitted',
    mknod: 'mknod: /tmp/disk: Operation not permitted',
    keyring: 'ENOSYS',
    io_uring: 'ENOSYS',
  },
  status: 'NoNewPrivs:\t1',
};
