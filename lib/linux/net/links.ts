import { closeSync } from 'node:fs';
import { bindFunctions, check } from '../ffi.ts';
import { ioctl } from '../io/ioctl.ts';

const libc = bindFunctions({ socket: { arguments: ['int32', 'int32', 'int32'], return: 'int32' } });

/** include/linux/socket.h, include/linux/net.h */
const AF_INET = 2;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;

/** include/uapi/linux/sockios.h, include/uapi/linux/if.h */
const SIOCGIFFLAGS = 0x8913;
const SIOCSIFFLAGS = 0x8914;
const IFF_UP = 0x1;

/** Sets a network interface up; `lo` gets 127.0.0.1/8 and ::1 from the kernel then (netdevice(7)). */
export function linkUp(name: string): void {
  const socket = check('socket', libc.socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  try {
    // struct ifreq: char name[16], then a union whose first member here is i16 flags
    const request = Buffer.alloc(40);
    request.write(name, 0, 15, 'latin1');
    ioctl('SIOCGIFFLAGS', socket, SIOCGIFFLAGS, request, name);
    request.writeInt16LE(request.readInt16LE(16) | IFF_UP, 16);
    ioctl('SIOCSIFFLAGS', socket, SIOCSIFFLAGS, request, name);
  } finally {
    closeSync(socket);
  }
}
