import { expect, test } from 'vitest';
import { testRequest } from '../backend/testing/request.ts';
import type { FoundImage } from '../media/found-image.ts';
import { checkHardware, unknownDrivers } from './check-hardware.ts';

const boot = { kind: 'kernel', kernel: '/k', initrd: '/i', cmdline: '', root: null } as const;
const found = (...drivers: string[]): FoundImage => ({
  boot,
  arch: 'amd64',
  memoryMiB: undefined,
  drivers,
});
const request = testRequest('web.yml', { hardware: 'server', networking: { kind: 'user' } });
const disk = { path: '/d', format: 'raw', sizeBytes: 1 } as const;

test('the drivers that a server needs, by what is attached', () => {
  const data = { data: Buffer.from('x') };
  const all = { ...request, disks: [disk], data };
  expect(() => checkHardware(all, found('virtio_net'), 'amd64')).toThrow(
    'Cannot run "web.yml" on hardware "server": its kernel lacks "e1000e", for its network; "ahci", for its disks; "usb_storage", for its metadata',
  );
  expect(() => checkHardware(all, found('e1000e', 'ahci', 'usb_storage'), 'amd64')).not.toThrow();
  const bare = { ...request, networking: { kind: 'none' } } as const;
  expect(() => checkHardware(bare, found(), 'amd64')).not.toThrow();
});

test('an image of which the drivers are not known is booted, and other hardware takes any', () => {
  expect(() => checkHardware(request, { ...found(), drivers: undefined }, 'amd64')).not.toThrow();
  expect(() => checkHardware({ ...request, hardware: 'aws' }, found(), 'arm64')).not.toThrow();
});

test('of an image of which the drivers are not known, the run says so', () => {
  const image = { ...found(), drivers: undefined };
  expect(unknownDrivers(request, image)).toMatch(/^The drivers of "web.yml" are not known: without e1000e/);
  expect(unknownDrivers({ ...request, hardware: undefined }, image)).toBeUndefined();
  expect(unknownDrivers(request, found())).toBeUndefined();
});

test('a server is a PC with six SATA ports, two of which are taken', () => {
  expect(() => checkHardware(request, found('e1000e'), 'arm64')).toThrow(
    'Cannot run "web.yml" for arm64 on hardware "server": it is a PC',
  );
  const disks = Array.from({ length: 5 }, () => disk);
  expect(() => checkHardware({ ...request, disks }, found('e1000e', 'ahci'), 'amd64')).toThrow(
    'Cannot attach 5 disks to hardware "server": it has ports for 4',
  );
});
