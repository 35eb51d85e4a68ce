import { closeSync } from 'node:fs';
import { SyscallError } from '../ffi.ts';
import { pollDescriptor } from '../io/poll.ts';
import { receive } from '../net/socket.ts';
import { openNetlink } from './netlink.ts';

const NETLINK_KOBJECT_UEVENT = 15;
/** The kernel's own messages; those of udev are in group 2. */
const kernelGroup = 1;
/** lib/kobject_uevent.c: UEVENT_BUFFER_SIZE is 2048. */
const bufferSize = 8192;

/**
 * Calls back when the kernel has found devices that a module may be the driver of. What they are is in /sys:
 * the messages only say that there is something to look at, so that lost ones (ENOBUFS) do no harm.
 *
 *     add@/devices/…\0ACTION=add\0DEVPATH=/devices/…\0SUBSYSTEM=vmbus\0MODALIAS=vmbus:…\0SEQNUM=1234\0
 */
export function watchDevices(onDevices: () => void): { close(): Promise<void> } {
  const fd = openNetlink(kernelGroup, NETLINK_KOBJECT_UEVENT);
  const poll = pollDescriptor(fd, () => {
    if (drain(fd)) onDevices();
  });
  poll.want({ readable: true, writable: false });
  return { close: () => poll.close().then(() => closeSync(fd)) };
}

/** Reads all messages. Whether one may be of a new device. */
function drain(fd: number): boolean {
  const buffer = Buffer.alloc(bufferSize);
  let found = false;
  for (;;) {
    try {
      const message = receive(fd, buffer);
      if (message === undefined) return found;
      found ||= message.subarray(0, 4).toString('latin1') === 'add@' && message.includes('\0MODALIAS=');
    } catch (error) {
      if (!(error instanceof SyscallError && error.code === 'ENOBUFS')) throw error;
      found = true;
    }
  }
}
