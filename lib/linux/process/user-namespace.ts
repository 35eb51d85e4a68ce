import { openSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { bindFunctions, check, functionAddress, stackTop } from '../ffi.ts';

const libc = bindFunctions({
  clone: { arguments: ['pointer', 'pointer', 'int32', 'pointer'], return: 'int32' },
  kill: { arguments: ['int32', 'int32'], return: 'int32' },
  waitpid: { arguments: ['int32', 'pointer', 'int32'], return: 'int32' },
});

/** include/uapi/linux/sched.h, wait.h */
const CLONE_VM = 0x100;
const CLONE_NEWUSER = 0x1000_0000;
const __WALL = 0x4000_0000;

/** Seconds after which the helper ends by itself, should this process be killed meanwhile. */
const helperSeconds = 10n;

/** The helper's; never freed, as it shares this process's memory. */
const helperStack = Buffer.alloc(64 << 10);

/** Ids of a user namespace, and the ids of this process's that they are: a line of uid_map. */
export interface IdRange {
  readonly containerID: number;
  readonly hostID: number;
  readonly size: number;
}

export interface IdMappings {
  readonly uids: readonly IdRange[];
  readonly gids: readonly IdRange[];
}

/**
 * Makes a user namespace with these ids, and returns a descriptor of it, which keeps it alive. Needs
 * CAP_SETUID and CAP_SETGID. No process stays in it: the one with which the kernel makes it executes nothing
 * but sleep(3), and is killed at once. It shares this process's memory: copying the page tables would take
 * ten times as long, and writing to any page after that a fault. unshare(2) would be refused, as this process
 * has threads.
 * @throws SyscallError; the error of writing a map
 */
export function openUserNamespace({ uids, gids }: IdMappings): number {
  // Without a signal for its end: nothing else in this process is to take it for a child of its own.
  const flags = CLONE_NEWUSER | CLONE_VM;
  const clone = libc.clone(functionAddress('sleep'), stackTop(helperStack), flags, helperSeconds);
  const pid = check('clone', clone);
  try {
    writeFileSync(`/proc/${pid}/uid_map`, mapText(uids));
    writeFileSync(`/proc/${pid}/gid_map`, mapText(gids));
    return openSync(`/proc/${pid}/ns/user`, 'r');
  } finally {
    libc.kill(pid, constants.signals.SIGKILL);
    libc.waitpid(pid, null, __WALL);
  }
}

const mapText = (ranges: readonly IdRange[]): string =>
  ranges.map(({ containerID, hostID, size }) => `${containerID} ${hostID} ${size}\n`).join('');
