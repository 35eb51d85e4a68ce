import { closeSync, openSync } from 'node:fs';
import { SyscallError } from '../ffi.ts';
import { ioctl } from '../io/ioctl.ts';
import { mount } from './mount.ts';

/** include/uapi/linux/loop.h */
const LOOP_CTL_GET_FREE = 0x4c82;
const LOOP_CONFIGURE = 0x4c0a;
const LO_FLAGS_READ_ONLY = 1;
const LO_FLAGS_AUTOCLEAR = 4;

/** Another process may take the free device between the two ioctls. */
const attempts = 16;

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

/** Attaches a read-only loop device to a file. Keep it open until mounted: autoclear frees it otherwise. */
export function attachLoop(file: string): LoopDevice {
  const backing = openSync(file, 'r');
  try {
    const control = openSync('/dev/loop-control', 'r+');
    try {
      return configureFree(control, backing, file);
    } finally {
      closeSync(control);
    }
  } finally {
    closeSync(backing);
  }
}

function configureFree(control: number, backing: number, file: string): LoopDevice {
  for (let attempt = 1; ; attempt += 1) {
    const device = `/dev/loop${ioctl('LOOP_CTL_GET_FREE', control, LOOP_CTL_GET_FREE, null)}`;
    const fd = openSync(device, 'r');
    try {
      ioctl('LOOP_CONFIGURE', fd, LOOP_CONFIGURE, loopConfig(backing, file), file);
      return { device, close: () => closeSync(fd) };
    } catch (thrown) {
      closeSync(fd);
      const taken = thrown instanceof SyscallError && thrown.code === 'EBUSY';
      if (!taken || attempt === attempts) throw thrown;
    }
  }
}

/**
 * struct loop_config (304 bytes): u32 fd, u32 block_size, struct loop_info64 (from 8: … u32 lo_flags at 60,
 * u8 lo_file_name[64] at 64), u64 reserved[8].
 */
function loopConfig(backing: number, file: string): Buffer {
  const config = Buffer.alloc(304);
  config.writeUInt32LE(backing, 0);
  config.writeUInt32LE(4096, 4);
  config.writeUInt32LE(LO_FLAGS_READ_ONLY | LO_FLAGS_AUTOCLEAR, 60);
  config.write(file.slice(-63), 64, 63, 'utf8');
  return config;
}
