import { getRawPointer } from 'node:ffi';
import { closeSync } from 'node:fs';
import { ioctl } from '../io/ioctl.ts';
import { AF_INET, openSocket, SOCK_DGRAM } from './socket.ts';

/** include/uapi/linux/sockios.h, include/uapi/linux/ethtool.h */
const SIOCETHTOOL = 0x8946;
const ETHTOOL_STXCSUM = 0x17;

/**
 * Has the kernel compute the checksums of what it sends by this interface, and divide it into frames of the
 * interface's MTU, instead of leaving both to the interface (netdevice(7), SIOCETHTOOL).
 *
 *     ifreq: 16 name | 8 address of ethtool_value | 16 unused        ethtool_value: u32 command | u32 data
 */
export function leaveChecksums(name: string): void {
  const value = Buffer.alloc(8);
  value.writeUInt32LE(ETHTOOL_STXCSUM, 0);
  const request = Buffer.alloc(40);
  request.write(name, 0, 15, 'latin1');
  request.writeBigUInt64LE(getRawPointer(value), 16);
  const fd = openSocket(AF_INET, SOCK_DGRAM, 0);
  try {
    ioctl('SIOCETHTOOL', fd, SIOCETHTOOL, request, name);
  } finally {
    closeSync(fd);
  }
}
