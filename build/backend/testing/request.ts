import type { RunRequest } from '../request/request.ts';

/** The request of `kit run IMAGE` without any flag. */
export function testRequest(image: string, change: Partial<RunRequest> = {}): RunRequest {
  return {
    ...{ backend: 'qemu', image, format: 'kernel+initrd', arch: undefined, name: undefined },
    ...{ cpus: undefined, memoryMiB: undefined, publish: [], networking: { kind: 'user' }, disks: [] },
    ...{ shares: [], accel: 'auto', data: undefined, firmwareFile: undefined, state: undefined },
    ...{ usb: false, tpm: false },
    ...{ cd: undefined, hardware: undefined, smbios: [], devices: [] },
    ...{ media: { as: undefined, firmware: undefined, writable: false } },
    ...change,
  };
}
