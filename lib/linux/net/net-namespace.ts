import { closeSync, openSync, readlinkSync } from 'node:fs';
import { bindFunctions, check } from '../ffi.ts';
import { openSocket, SOCK_STREAM } from './socket.ts';

const libc = bindFunctions({ setns: { arguments: ['int32', 'int32'], return: 'int32' } });

/** include/uapi/linux/sched.h */
const CLONE_NEWNET = 0x40000000;
/** The namespace of the calling thread: setns(2) changes only that one, and /proc/self is the main thread. */
const own = '/proc/thread-self/ns/net';

/**
 * A TCP socket, not yet connected, in the network namespace of a process: a socket stays in the namespace in
 * which it was created. setns(2) changes the calling thread only, and no other code of Node runs until it is
 * changed back.
 * @throws SyscallError
 */
export function openTcpSocketIn(pid: number, family: number): number {
  const theirs = `/proc/${pid}/ns/net`;
  if (readlinkSync(theirs) === readlinkSync(own)) return openSocket(family, SOCK_STREAM, 0);
  const back = openSync(own, 'r');
  try {
    enter(theirs);
    try {
      return openSocket(family, SOCK_STREAM, 0);
    } finally {
      check('setns', libc.setns(back, CLONE_NEWNET));
    }
  } finally {
    closeSync(back);
  }
}

function enter(path: string): void {
  const fd = openSync(path, 'r');
  try {
    check('setns', libc.setns(fd, CLONE_NEWNET), path);
  } finally {
    closeSync(fd);
  }
}
