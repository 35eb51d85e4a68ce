import { closeSync, openSync, writeSync } from 'node:fs';
import { ioctl } from '../io/ioctl.ts';

/** include/uapi/linux/watchdog.h; the sizes in the numbers are those of x86-64 and arm64. */
const requests = {
  GETSUPPORT: 0x80285700,
  GETBOOTSTATUS: 0x80045702,
  KEEPALIVE: 0x80045705,
  SETTIMEOUT: 0xc0045706,
} as const;

/** WDIOF_CARDRESET: the device has reset the machine before this boot. */
const cardReset = 0x20;

/** A device of Documentation/watchdog/watchdog-api.rst, which counts down from when it was opened. */
export interface WatchdogDevice {
  /** `i6300ESB timer`, `Software Watchdog` */
  readonly identity: string;
  /** It has reset the machine before this boot. Not every device knows. */
  readonly hasReset: boolean;
  /** The seconds that the driver has taken, which may differ from those asked for. */
  readonly timeoutS: number;
  feed(): void;
  /** Stops it. A driver loaded with `nowayout` goes on, and resets the machine. */
  stop(): void;
}

/** @throws SyscallError, or the error of open(2) */
export function openWatchdog(path: string, timeoutS: number): WatchdogDevice {
  const fd = openSync(path, 'w');
  // struct watchdog_info: u32 options, u32 firmware_version, u8 identity[32]
  const info = Buffer.alloc(40);
  const number = Buffer.alloc(4);
  ioctl('WDIOC_GETSUPPORT', fd, requests.GETSUPPORT, info, path);
  ioctl('WDIOC_GETBOOTSTATUS', fd, requests.GETBOOTSTATUS, number, path);
  const hasReset = (number.readInt32LE() & cardReset) !== 0;
  number.writeInt32LE(timeoutS);
  ioctl('WDIOC_SETTIMEOUT', fd, requests.SETTIMEOUT, number, path);
  return {
    identity: info.toString('latin1', 8).replace(/\0.*$/s, ''),
    hasReset,
    timeoutS: number.readInt32LE(),
    feed: () => void ioctl('WDIOC_KEEPALIVE', fd, requests.KEEPALIVE, null, path),
    stop() {
      // The "magic close": without this letter the device would count on.
      writeSync(fd, 'V');
      closeSync(fd);
    },
  };
}
