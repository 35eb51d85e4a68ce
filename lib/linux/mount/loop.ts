import { closeSync, openSync } from 'node:fs';
import { SyscallError } from '../ffi.ts';
import { ioctl, ioctlNumber } from '../io/ioctl.ts';
import { mount } from './mount.ts';

/** include/uapi/linux/loop.h */
const LOOP_CTL_ADD = 0x4c80;
const LOOP_CTL_GET_FREE = 0x4c82;
const LOOP_CONFIGURE = 0x4c0a;
const LO_FLAGS_READ_ONLY = 1;
const LO_FLAGS_AUTOCLEAR = 4;
const LO_FLAGS_PARTSCAN = 8;

/**
 * Other processes may take the free device between the two ioctls: twenty containers that start at once do.
 */
const attempts = 200;
/** Milliseconds between two attempts, at most; they vary, so that processes do not stay in step. */
const pauseMs = 10;

/** Mounts a file that holds a file system, read-only. The loop device is freed with the mount. */
export function mountImage(
  file: string,
  target: string,
  type: string,
  options: readonly string[] = [],
): void {
  const loop = attachLoop(file);
  try {
    mount(loop.device, target, type, ['ro', ...options]);
  } finally {
    loop.close();
  }
}

export interface LoopDevice {
  /** `/dev/loop3` */
  readonly device: string;
  /** Closes the device: it is freed when no mount uses it any more (autoclear). */
  close(): void;
}

/** Part of a file or of a device, which a loop device shows as a device of its own. */
export interface LoopOptions {
  /** Default: read-only. */
  readonly writable?: boolean;
  /** In bytes; a multiple of `sectorBytes`. Default: all of it. */
  readonly part?: { readonly start: number; readonly bytes: number };
  /** The sectors that the device has. Default: 4096. */
  readonly sectorBytes?: number;
  /** If the file is a disk: its partitions become devices as well. */
  readonly partitions?: boolean;
  /** It stays until it is detached. Default: it is freed when nobody has it open or mounted. */
  readonly stays?: boolean;
  /** `/dev/loop100`, which is made if there is none. Default: any that is free. */
  readonly device?: string;
}

/**
 * Attaches a loop device to a file. Keep it open until it is mounted: it is freed otherwise.
 * @throws SyscallError; with EBUSY if the device of `options` is attached already
 */
export function attachLoop(file: string, options: LoopOptions = {}): LoopDevice {
  const backing = openSync(file, options.writable ? 'r+' : 'r');
  try {
    const control = openSync('/dev/loop-control', 'r+');
    try {
      const config = loopConfig(backing, file, options);
      return options.device === undefined
        ? configureFree(control, config, file, options)
        : configureGiven(control, config, options.device, options);
    } finally {
      closeSync(control);
    }
  } finally {
    closeSync(backing);
  }
}

function configureFree(control: number, config: Buffer, file: string, options: LoopOptions): LoopDevice {
  for (let attempt = 1; ; attempt += 1) {
    const device = `/dev/loop${ioctl('LOOP_CTL_GET_FREE', control, LOOP_CTL_GET_FREE, null)}`;
    try {
      return configure(device, config, file, options);
    } catch (thrown) {
      if (!isCode(thrown, 'EBUSY') || attempt === attempts) throw thrown;
      sleepSync(Math.random() * pauseMs);
    }
  }
}

function sleepSync(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function configureGiven(control: number, config: Buffer, device: string, options: LoopOptions): LoopDevice {
  const [, number] = /^\/dev\/loop(\d{1,6})$/.exec(device) ?? [];
  if (number === undefined) throw new RangeError(`"${device}" is no loop device`);
  try {
    ioctlNumber('LOOP_CTL_ADD', control, LOOP_CTL_ADD, Number(number), device);
  } catch (thrown) {
    if (!isCode(thrown, 'EEXIST')) throw thrown;
  }
  return configure(device, config, device, options);
}

function configure(device: string, config: Buffer, subject: string, { writable }: LoopOptions): LoopDevice {
  const fd = openSync(device, writable ? 'r+' : 'r');
  try {
    ioctl('LOOP_CONFIGURE', fd, LOOP_CONFIGURE, config, subject);
    return { device, close: () => closeSync(fd) };
  } catch (thrown) {
    closeSync(fd);
    throw thrown;
  }
}

const isCode = (thrown: unknown, code: string): boolean =>
  thrown instanceof SyscallError && thrown.code === code;

/**
 * struct loop_config (304 bytes): u32 fd, u32 block_size, struct loop_info64 (from 8: … u64 lo_offset at 32,
 * u64 lo_sizelimit at 40, u32 lo_flags at 60, u8 lo_file_name[64] at 64), u64 reserved[8].
 */
function loopConfig(backing: number, file: string, options: LoopOptions): Buffer {
  const { writable = false, stays = false, partitions = false, part, sectorBytes = 4096 } = options;
  const config = Buffer.alloc(304);
  config.writeUInt32LE(backing, 0);
  config.writeUInt32LE(sectorBytes, 4);
  if (part) {
    config.writeBigUInt64LE(BigInt(part.start), 32);
    config.writeBigUInt64LE(BigInt(part.bytes), 40);
  }
  const access = writable ? 0 : LO_FLAGS_READ_ONLY;
  const lifetime = stays ? 0 : LO_FLAGS_AUTOCLEAR;
  config.writeUInt32LE(access | lifetime | (partitions ? LO_FLAGS_PARTSCAN : 0), 60);
  config.write(file.slice(-63), 64, 63, 'utf8');
  return config;
}
