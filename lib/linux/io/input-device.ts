import { closeSync, constants, openSync, readSync } from 'node:fs';
import { codeOf } from '../../errors/errors.ts';
import { pollDescriptor } from './poll.ts';

/** include/uapi/linux/input-event-codes.h */
const EV_KEY = 0x01;
export const KEY_POWER = 116;

/** One event of an input device (Documentation/input/input.rst of the kernel). */
export interface InputEvent {
  readonly type: number;
  readonly code: number;
  readonly value: number;
}

/** struct input_event of linux/input.h on a 64-bit machine. */
const eventBytes = 24;

/**
 * Decodes what was read from /dev/input/event*. The kernel returns whole events only; remaining bytes are
 * ignored.
 *
 *     u64 seconds | u64 microseconds | u16 type | u16 code | i32 value
 */
export function parseInputEvents(bytes: Buffer): InputEvent[] {
  return Array.from({ length: Math.floor(bytes.length / eventBytes) }, (_, index) => ({
    type: bytes.readUInt16LE(index * eventBytes + 16),
    code: bytes.readUInt16LE(index * eventBytes + 18),
    value: bytes.readInt32LE(index * eventBytes + 20),
  }));
}

/** Whether the key went down: the value is 0 for a release, 2 for a repetition. */
export function isPress({ type, code, value }: InputEvent, key: number): boolean {
  return type === EV_KEY && code === key && value === 1;
}

/** Whether a device has a key, by its `capabilities/key` in sysfs: 64-bit words in hex, highest first. */
export function hasKey(capabilities: string, key: number): boolean {
  const word =
    capabilities
      .trim()
      .split(/\s+/)
      .at(-1 - Math.floor(key / 64)) ?? '';
  return /^[0-9a-f]{1,16}$/.test(word) && ((BigInt(`0x${word}`) >> BigInt(key % 64)) & 1n) === 1n;
}

/** Calls back with the events of a device (`/dev/input/event0`); resolves when the device is removed. */
export function watchInputDevice(
  path: string,
  onEvents: (events: readonly InputEvent[]) => void,
): Promise<void> {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const buffer = Buffer.alloc(64 * eventBytes);
  const gone = Promise.withResolvers<void>();
  const poll = pollDescriptor(fd, () => {
    const length = readSome(fd, buffer);
    if (length > 0) onEvents(parseInputEvents(buffer.subarray(0, length)));
    else if (length === 0) gone.resolve();
  });
  poll.want({ readable: true, writable: false });
  return gone.promise.then(() => poll.close()).then(() => closeSync(fd));
}

/** The number of bytes read: 0 when the device is gone, -1 when there is nothing to read now. */
function readSome(fd: number, buffer: Buffer): number {
  try {
    return readSync(fd, buffer);
  } catch (thrown) {
    return codeOf(thrown) === 'EAGAIN' ? -1 : 0;
  }
}
