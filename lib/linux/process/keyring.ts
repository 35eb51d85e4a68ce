import { check, type SyscallError } from '../ffi.ts';
import { libc } from '../mount/idmap.ts';

/** keyctl(2), by the tables of the kernel; include/uapi/linux/keyctl.h */
const keyctl = process.arch === 'arm64' ? 219n : 250n;
const KEYCTL_GET_KEYRING_ID = 0n;
const KEYCTL_JOIN_SESSION_KEYRING = 1n;
const KEY_SPEC_SESSION_KEYRING = -3n;

/**
 * Gives this process, and those it starts, an empty session keyring in place of the one that they would share
 * with the login: keys of the user, as of Kerberos and encrypted folders, are in that. Does nothing on a
 * kernel without keys, and where a container forbids the call.
 */
export function leaveSessionKeyring(): void {
  try {
    check('keyctl', libc.syscall(keyctl, KEYCTL_JOIN_SESSION_KEYRING, null, 0n, null, 0n));
  } catch (thrown) {
    const { code } = thrown as SyscallError;
    if (code !== 'ENOSYS' && code !== 'EPERM') throw thrown;
  }
}

/** The serial number of the session keyring of this process. @throws SyscallError */
export function sessionKeyring(): number {
  // A 32-bit number in the place of a pointer.
  const keyring = BigInt.asUintN(32, KEY_SPEC_SESSION_KEYRING);
  return Number(check('keyctl', libc.syscall(keyctl, KEYCTL_GET_KEYRING_ID, keyring, 0n, null, 0n)));
}
