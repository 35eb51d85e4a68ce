import { hasRawCall, type RawCall, rawCall } from '../../../lib/linux/process/raw-call.ts';
import { type Attack, type Attacks, reaches } from '../attack.ts';
import { unshares } from '../unshares.ts';

/** Calls of the kernel that a service has no use for. Wrong arguments keep them from doing anything. */
export const systemCalls: Attacks = {
  keyring: tries('keyctl', 0, -3, 1),
  bpf: tries('bpf', 0, 0, 0),
  'perf-events': tries('perf_event_open', 0, 0, -1, -1, 0),
  userfaultfd: tries('userfaultfd', 1),
  'io-uring': tries('io_uring_setup', 1, 0),
  kexec: tries('kexec_load', 0, 0, 0, 0),
  'load-module': tries('finit_module', -1, 0, 0),
  'file-handles': tries('open_by_handle_at', -100, someHandle(), 0),
  'kernel-log': tries('syslog', 10, 0, 0),
  'process-accounting': tries('acct', 0),
  swap: tries('swapon', 0, 0),
  clock: tries('settimeofday', 0, 0),
  // Without the magic numbers it does nothing (reboot(2)).
  reboot: tries('reboot', 0, 0, 0, 0),
  'io-ports': hasRawCall('iopl') ? tries('iopl', 3) : () => undefined,
  'user-namespaces': () => unshares('--user'),
  'other-namespaces': () => unshares('--net'),
};

function tries(name: RawCall, ...args: readonly (number | Buffer)[]): Attack {
  return () => reaches(`called ${name}`, () => rawCall(name, ...args));
}

/** struct file_handle: u32 bytes, i32 type (1: inode and generation), then so many bytes. No file has it. */
function someHandle(): Buffer {
  const handle = Buffer.alloc(16);
  handle.writeUInt32LE(8, 0);
  handle.writeInt32LE(1, 4);
  return handle;
}
