import { closeSync } from 'node:fs';
import { SyscallError } from '../ffi.ts';
import { pollDescriptor } from '../io/poll.ts';
import { receive } from '../net/socket.ts';
import { openNetlink } from './netlink.ts';
import { listLinks } from './rtnetlink.ts';
import type { Link } from './rtnetlink-link.ts';

const RTMGRP_LINK = 1;

/**
 * Calls back with all interfaces now, and again whenever one comes, goes or changes (carrier, name, flags). The kernel's
 * notices are hints only: the list is read anew, so a lost notice (ENOBUFS) costs nothing.
 */
export function watchLinks(onChange: (links: Link[]) => void): { close(): Promise<void> } {
  const fd = openNetlink(RTMGRP_LINK);
  const poll = pollDescriptor(fd, () => {
    drain(fd);
    onChange(listLinks());
  });
  poll.want({ readable: true, writable: false });
  // After the subscription, so that nothing can change unseen in between.
  onChange(listLinks());
  return { close: () => poll.close().then(() => closeSync(fd)) };
}

function drain(fd: number): void {
  const buffer = Buffer.alloc(64 * 1024);
  for (;;) {
    try {
      if (receive(fd, buffer) === undefined) return;
    } catch (error) {
      if (!(error instanceof SyscallError && error.code === 'ENOBUFS')) throw error;
    }
  }
}
