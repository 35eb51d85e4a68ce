import { bindFunctions, check } from '../ffi.ts';
import { MS, parseMountOptions } from './mount-options.ts';

const libc = bindFunctions({
  mount: { arguments: ['string', 'string', 'string', 'uint64', 'pointer'], return: 'int32' },
  umount2: { arguments: ['string', 'int32'], return: 'int32' },
});

/** include/linux/fs.h */
const MNT_DETACH = 2;

/** One page without its final zero: the kernel silently truncates longer option strings. */
const maxDataBytes = 4095;

/**
 * mount(2) with options as in fstab(5). A bind mount gets `ro`, `nosuid` and the like by a second call, since
 * the kernel ignores them in the first. Propagation options alone only change the propagation of an existing
 * mount.
 */
export function mount(source: string, target: string, type: string, options: readonly string[] = []): void {
  const { flags, data, propagation } = parseMountOptions(options);
  const dataBytes = Buffer.byteLength(data);
  if (dataBytes > maxDataBytes) {
    throw new RangeError(
      `Cannot mount "${target}": its options are ${dataBytes} bytes, the kernel takes ${maxDataBytes}`,
    );
  }
  const onlyPropagation =
    options.length > 0 && flags === 0 && data === '' && propagation.length > 0 && type === '';
  if (!onlyPropagation) call(source, target, type, flags, data);
  const restrictions = flags & ~(MS.BIND | MS.REC | MS.SILENT);
  if (flags & MS.BIND && restrictions !== 0 && !(flags & MS.REMOUNT)) {
    call('none', target, '', MS.REMOUNT | MS.BIND | restrictions, '');
  }
  for (const bits of propagation) call('none', target, '', bits, '');
}

function call(source: string, target: string, type: string, flags: number, data: string): void {
  check('mount', libc.mount(source, target, type, BigInt(flags), data === '' ? null : data), target);
}

/** umount2(2). `lazy`: detached at once, and unmounted when it is no longer in use (MNT_DETACH). */
export function unmount(target: string, { lazy = false } = {}): void {
  check('umount2', libc.umount2(target, lazy ? MNT_DETACH : 0), target);
}

/** Makes a mounted file system read-only: it is then clean on disk even if it cannot be unmounted. */
export function remountReadOnly(target: string): void {
  call('none', target, '', MS.REMOUNT | MS.RDONLY, '');
}
