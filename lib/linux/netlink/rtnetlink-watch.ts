import { closeSync } from 'node:fs';
import { SyscallError } from '../ffi.ts';
import { pollDescriptor } from '../io/poll.ts';
import { receive } from '../net/socket.ts';
import { openNetlink } from './netlink.ts';
import { listLinks } from './rtnetlink.ts';
import type { Link } from './rtnetlink-link.ts';

const RTMGRP_LINK = 1;

/**
 * Calls back with all interfaces at once, and again whenever one is added, removed or changed (carrier, name,
 * flags). The kernel's messages only trigger a new listing, so lost ones (ENOBUFS) do no harm.
 */
export function watchLinks(onChange: (links: Link[]) => void): { close(): Promise<void> } {
  const fd = openNetlink(RTMGRP_LINK);
  const poll = pollDescriptor(fd, () => {
    drain(fd);
    onChange(listLinks());
  });
  poll.want({ readable: true, writable: false });
  // After the subscription, so that no change in between is missed.
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
