import type { SyscallError } from '../ffi.ts';
import { rawCall } from './raw-call.ts';

/** keyctl(2), include/uapi/linux/keyctl.h */
const KEYCTL_GET_KEYRING_ID = 0;
const KEYCTL_JOIN_SESSION_KEYRING = 1;
const KEYCTL_SEARCH = 10;
const KEYCTL_READ = 11;
const KEY_SPEC_THREAD_KEYRING = -1;
const KEY_SPEC_SESSION_KEYRING = -3;
const KEY_SPEC_USER_KEYRING = -4;

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

/**
 * What a key of type "user" in the keyring of this user holds (`keyctl padd user DESCRIPTION @u`).
 * @throws SyscallError; with errno 126 (ENOKEY), for which Node has no name, where there is none
 */
export function readUserKey(description: string): Buffer {
  const [type, name] = [Buffer.from('user\0'), Buffer.from(`${description}\0`)];
  // Linked to this thread, which then possesses it: by default a key is readable for its possessor alone.
  const key = rawCall('keyctl', KEYCTL_SEARCH, KEY_SPEC_USER_KEYRING, type, name, KEY_SPEC_THREAD_KEYRING);
  const content = Buffer.alloc(rawCall('keyctl', KEYCTL_READ, key));
  const bytes = rawCall('keyctl', KEYCTL_READ, key, content, content.length);
  return content.subarray(0, bytes);
}
