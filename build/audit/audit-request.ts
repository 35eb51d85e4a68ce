import { availableParallelism } from 'node:os';
import type { RunRequest } from '../backend/request/request.ts';
import type { AuditedImage } from './image/audited-image.ts';

/** Of a machine without probes; each of them is a Node with its shim. */
const ownMiB = 1024;
const probeMiB = 96;

export interface AuditedForm {
  readonly container: boolean;
  readonly tpm: boolean;
  readonly disks: RunRequest['disks'];
  readonly data: RunRequest['data'];
}

/** The machine that an image is audited in. @param start the common prefix of the names of its files */
export function auditRequest(
  start: string,
  name: string,
  { container, tpm, disks, data }: AuditedForm,
  { shadows }: Pick<AuditedImage, 'shadows'>,
): RunRequest {
  return {
    ...{ backend: container ? 'container' : 'qemu', image: start, format: 'kernel+initrd', name },
    media: { as: 'kernel', firmware: undefined, writable: false },
    ...{ arch: undefined, firmwareFile: undefined, state: undefined, data },
    cpus: container ? undefined : Math.min(2, availableParallelism()),
    memoryMiB: container ? undefined : ownMiB + probeMiB * (shadows.size + 1),
    ...{ publish: [], networking: { kind: 'user' }, disks, shares: [], cd: undefined },
    ...{ accel: 'auto', usb: false, tpm, devices: [], hardware: undefined, smbios: [] },
  };
}
