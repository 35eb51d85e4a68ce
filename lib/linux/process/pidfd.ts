import { closeSync } from 'node:fs';
import { bindFunctions, check, SyscallError } from '../ffi.ts';
import { pollDescriptor } from '../io/poll.ts';

/** glibc has wrappers for these only since 2.36. Both have the same number on every architecture. */
const libc = bindFunctions({
  syscall: { arguments: ['int64', 'int64', 'int64', 'pointer', 'int64'], return: 'int64' },
});

/** include/uapi/asm-generic/unistd.h */
const PIDFD_SEND_SIGNAL = 424n;
const PIDFD_OPEN = 434n;

/** A process by descriptor (pidfd_open(2)): unlike its pid, it never refers to a later process. */
export interface ProcessHandle {
  readonly pid: number;
  /** Resolves when the process has ended, reaped or not; never after `release`. */
  readonly ended: Promise<void>;
  /** `signal`: its number. False when the process is gone. */
  signal(signal: number): boolean;
  /** Closes the descriptor; later signals are not sent. */
  release(): void;
}

/** Undefined when there is no such process. @throws SyscallError */
export function openProcess(pid: number): ProcessHandle | undefined {
  const fd = unlessGone(() =>
    Number(check('pidfd_open', libc.syscall(PIDFD_OPEN, BigInt(pid), 0n, null, 0n))),
  );
  if (fd === undefined) return undefined;
  const ended = Promise.withResolvers<void>();
  const poll = pollDescriptor(fd, () => {
    poll.want({ readable: false, writable: false });
    ended.resolve();
  });
  poll.want({ readable: true, writable: false });
  let held = true;
  return {
    pid,
    ended: ended.promise,
    signal: (signal) => held && unlessGone(() => send(fd, signal)) !== undefined,
    release() {
      if (held) void poll.close().then(() => closeSync(fd));
      held = false;
    },
  };
}

function send(fd: number, signal: number): bigint {
  const result = libc.syscall(PIDFD_SEND_SIGNAL, BigInt(fd), BigInt(signal), null, 0n);
  return check('pidfd_send_signal', result);
}

function unlessGone<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (thrown) {
    if (thrown instanceof SyscallError && thrown.code === 'ESRCH') return undefined;
    throw thrown;
  }
}
