import { expect, test } from 'vitest';
import type { RunRequest } from '../backend/request/request.ts';
import { testRequest } from '../backend/testing/request.ts';
import { refuseHardwareFlags } from './container-plan.ts';

const request = testRequest('x.yml', { backend: 'container' });

test.each<[string, Partial<RunRequest>]>([
  ['--state', { state: '/x', disks: [{ path: '/x', format: 'raw', sizeBytes: undefined }] }],
  ['--accel', { accel: 'kvm' }],
  ['--uefi or --bios', { media: { ...request.media, firmware: 'uefi' } }],
  ['--cd', { cd: '/x.iso' }],
  ['--hardware', { hardware: 'aws' }],
  ['--smbios', { smbios: ['type=1,serial=x'] }],
  ['--usb', { usb: true }],
  ['--tpm', { tpm: true }],
  ['--device', { devices: ['edu'] }],
  ['--networking tap or bridge', { networking: { kind: 'tap', interface: 'tap0' } }],
])('%s is refused', (flag, change) => {
  expect(() => refuseHardwareFlags({ ...request, ...change })).toThrow(
    `Cannot use ${flag} with a container: it has no hardware of its own`,
  );
  expect(() => refuseHardwareFlags(request)).not.toThrow();
});
