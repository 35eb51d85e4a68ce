import { closeSync, readSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { controlVsockPort } from '../../../lib/bundle/bundle.ts';
import { bindFunctions, check } from '../../../lib/linux/ffi.ts';
import { bindSocket } from '../../../lib/linux/net/socket.ts';
import { AF_VSOCK, vsockAddress, vsockCid } from '../../../lib/linux/net/vsock.ts';
import { loadMachineModule } from './machine-module.ts';

const libc = bindFunctions({
  socket: { arguments: ['int32', 'int32', 'int32'], return: 'int32' },
  connect: { arguments: ['int32', 'buffer', 'uint32'], return: 'int32' },
});
const SOCK_STREAM = 1;

const tries = 60;

/**
 * Enables vsock loopback in the kernel and connects to the machine's control port from a privileged port.
 * @returns the number of bytes received before the connection was closed
 */
export async function knockByVsock(): Promise<number> {
  loadMachineModule('vsock_loopback');
  for (let left = tries; ; left -= 1) {
    try {
      return knock();
    } catch (thrown) {
      // Nothing listens yet: the supervisor has to notice the device first.
      if (left === 0 || (thrown as NodeJS.ErrnoException).code !== 'ECONNRESET') throw thrown;
      await pause(1000);
    }
  }
}

function knock(): number {
  const fd = check('socket', libc.socket(AF_VSOCK, SOCK_STREAM, 0));
  try {
    bindSocket(fd, vsockAddress({ cid: vsockCid.any, port: 1023 }));
    const control = vsockAddress({ cid: vsockCid.local, port: controlVsockPort });
    check('connect', libc.connect(fd, control, control.length));
    return readSync(fd, Buffer.alloc(100));
  } finally {
    closeSync(fd);
  }
}
