import type { SyscallError } from '../ffi.ts';
import { rawCall } from './raw-call.ts';

/** keyctl(2), include/uapi/linux/keyctl.h */
const KEYCTL_GET_KEYRING_ID = 0;
const KEYCTL_JOIN_SESSION_KEYRING = 1;
const KEY_SPEC_SESSION_KEYRING = -3;

/**
 * Gives this process, and those it starts, an empty session keyring in place of the one that they would share
 * with the login: keys of the user, as of Kerberos and encrypted folders, are in that. Does nothing on a
 * kernel without keys, and where a container forbids the call.
 */
export function leaveSessionKeyring(): void {
  try {
    rawCall('keyctl', KEYCTL_JOIN_SESSION_KEYRING);
  } catch (thrown) {
    const { code } = thrown as SyscallError;
    if (code !== 'ENOSYS' && code !== 'EPERM') throw thrown;
  }
}

/** The serial number of the session keyring of this process. @throws SyscallError */
export function sessionKeyring(): number {
  return rawCall('keyctl', KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING);
}
