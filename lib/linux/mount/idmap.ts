import { closeSync } from 'node:fs';
import { bindFunctions, check, SyscallError } from '../ffi.ts';

/** syscall(2), for calls without a wrapper in glibc. */
const libc = bindFunctions({
  syscall: {
    arguments: ['int64', 'int64', 'pointer', 'int64', 'pointer', 'int64'],
    return: 'int64',
  },
});

/**
 * glibc has wrappers for these only since 2.36. All three have the same number on every architecture:
 * include/uapi/asm-generic/unistd.h
 */
const OPEN_TREE = 428n;
const MOVE_MOUNT = 429n;
const MOUNT_SETATTR = 442n;
/** include/uapi/linux/fcntl.h, mount.h */
const AT_FDCWD = -100n;
const AT_EMPTY_PATH = 0x1000n;
const AT_RECURSIVE = 0x8000n;
const OPEN_TREE_CLONE = 1n;
const OPEN_TREE_CLOEXEC = 0o2000000n;
const MOVE_MOUNT_F_EMPTY_PATH = 4n;
const MOUNT_ATTR_IDMAP = 0x0010_0000n;
const attributes = { ro: 1n, nosuid: 2n, nodev: 4n } as const;

const text = (path: string): Buffer => Buffer.from(`${path}\0`);

/**
 * Mounts `source` at `target` too, with the owners of files mapped by a user namespace: a file of uid 0
 * belongs to the uid that 0 maps to in that namespace (MOUNT_ATTR_IDMAP of mount_setattr(2), Linux 5.12).
 * @param userNamespace a descriptor of /proc/PID/ns/user
 * @param recursive with all mounts below it, as `rbind`
 * @throws SyscallError; with EINVAL or EPERM, the file system does not do it (`cannotMapOwners`)
 */
export function mountWithOwners(
  source: string,
  target: string,
  userNamespace: number,
  recursive = false,
): void {
  bindTree(source, target, { userNamespace, recursive });
}

export interface TreeOptions {
  /** Maps the owners of files, as in `mountWithOwners`. */
  readonly userNamespace?: number;
  /** With all mounts below it, as `rbind`. */
  readonly recursive?: boolean;
  /** For every mount. Unlike by mount(2), the others that they have stay. */
  readonly set?: readonly (keyof typeof attributes)[];
}

/** Mounts `source` at `target` too, with other attributes. @throws SyscallError */
export function bindTree(
  source: string,
  target: string,
  { userNamespace, recursive = false, set = [] }: TreeOptions,
): void {
  const all = recursive ? AT_RECURSIVE : 0n;
  const flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | all;
  const tree = Number(
    check('open_tree', libc.syscall(OPEN_TREE, AT_FDCWD, text(source), flags, null, 0n), source),
  );
  try {
    // struct mount_attr: u64 attr_set, attr_clr, propagation, userns_fd
    const change = Buffer.alloc(32);
    const added = set.reduce((sum, name) => sum | attributes[name], 0n);
    change.writeBigUInt64LE(added | (userNamespace === undefined ? 0n : MOUNT_ATTR_IDMAP), 0);
    change.writeBigUInt64LE(BigInt(userNamespace ?? 0), 24);
    const [fd, size] = [BigInt(tree), BigInt(change.length)];
    const done = libc.syscall(MOUNT_SETATTR, fd, text(''), AT_EMPTY_PATH | all, change, size);
    check('mount_setattr', done, source);
    move(fd, target);
  } finally {
    closeSync(tree);
  }
}

/**
 * Whether it failed because a file system there cannot map owners: overlayfs, procfs, sysfs, devtmpfs and
 * others (EINVAL), or because the mount has them mapped already (EPERM).
 */
export const cannotMapOwners = (thrown: unknown): boolean =>
  thrown instanceof SyscallError &&
  thrown.syscall === 'mount_setattr' &&
  (thrown.code === 'EINVAL' || thrown.code === 'EPERM');

function move(tree: bigint, target: string): void {
  const flags = MOVE_MOUNT_F_EMPTY_PATH;
  check('move_mount', libc.syscall(MOVE_MOUNT, tree, text(''), AT_FDCWD, text(target), flags), target);
}
