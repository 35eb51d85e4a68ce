import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { type MetadataTrust, trustVariable } from '../../../lib/bundle/metadata.ts';
import type { Volume } from '../../../lib/volumes/volume.ts';
import { fileProvider } from '../file.ts';
import { cdromProvider } from '../volumes/cdrom.ts';
import type { Contents } from '../volumes/devices.ts';
import { ofOwner, ofSomebodyElse, ownerKey, userData } from './testdata/signatures.ts';
import { readTrust, trustOf } from './trust.ts';

/** The disks of the machine: the files of each, on a volume labelled cidata. */
const disks = vi.hoisted(() => new Map<string, Record<string, string>>());
vi.mock('../volumes/devices.ts', () => ({
  listBlockDevices: () => [...disks.keys()],
  isOptical: (device: string) => device.startsWith('/dev/sr'),
  withVolumes: async (device: string, _: boolean, use: (contents: Contents) => Promise<unknown>) => {
    const files = disks.get(device);
    const read = async (name: string): Promise<Buffer | undefined> =>
      files?.[name] === undefined ? undefined : Buffer.from(files[name]);
    const names = async (): Promise<string[]> => Object.keys(files ?? {});
    const volume: Volume = { kind: 'FAT', label: async () => 'CIDATA', read, names };
    return files && use({ volumes: [volume], other: undefined });
  },
}));

const folder = mkdtempSync(join(tmpdir(), 'kit-trust-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => disks.clear());

const rootKey = '#cloud-config\nssh_authorized_keys: [ssh-ed25519 AAAA attacker]\n';

/** What the machine takes of its disks, and what it says. */
async function taken(trust: MetadataTrust | undefined): Promise<{ userdata?: string; notes: string[] }> {
  const env = trust && { [trustVariable]: JSON.stringify(trust) };
  const notes: string[] = [];
  const metadata = await cdromProvider(readTrust(env ?? {})).probe((line) => notes.push(line));
  return { notes, ...(metadata && { userdata: String(metadata.userdata) }) };
}

test('an image for production takes no key for root from a disc labelled cidata, and says so', async () => {
  disks.set('/dev/vdb', { 'user-data': rootKey });
  expect(await taken(undefined)).toEqual({ userdata: rootKey, notes: [] });
  expect(await taken({ providers: [], untold: true })).toEqual({
    notes: [
      'refused the data volume "/dev/vdb": an image built with --production trusts no metadata ' +
        'unless its manifest has metadata: {trust: [cdrom]}',
    ],
  });
  expect(await taken({ providers: ['file'] })).toEqual({
    notes: ['refused the data volume "/dev/vdb": "cdrom" is not in metadata.trust of the manifest'],
  });
});

test('a second disc labelled cidata beside the trusted one is refused, also if it comes first', async () => {
  disks.set('/dev/sda', { 'user-data': rootKey });
  disks.set('/dev/vda', { 'user-data': userData });
  expect(await taken({ providers: ['cdrom'], devices: [{ path: '/dev/vda' }] })).toEqual({
    userdata: userData,
    notes: ['refused the data volume "/dev/sda": no device in metadata.trust of the manifest matches it'],
  });
  await expect(taken({ providers: ['cdrom'] })).rejects.toThrow(
    'Cannot choose between the data volumes "/dev/sda" and "/dev/vda"',
  );
  disks.set('/dev/sda', { 'user-data': userData });
  expect(await taken({ providers: ['cdrom'] })).toEqual({ userdata: userData, notes: [] });
});

test('with signedBy only what the owner has signed counts, of several volumes too', async () => {
  const trust: MetadataTrust = { providers: ['cdrom'], signedBy: [ownerKey] };
  disks.set('/dev/sr0', { 'user-data': rootKey, 'user-data.sig': ofOwner });
  disks.set('/dev/vda', { 'user-data': userData, 'user-data.sig': ofSomebodyElse });
  disks.set('/dev/vdb', { 'meta-data': 'public-keys: [ssh-ed25519 AAAA attacker]' });
  disks.set('/dev/vdc', { config: userData, 'config.sig': ofOwner, 'meta-data': 'public-keys: [x]' });
  expect(await taken(trust)).toEqual({
    userdata: userData,
    notes: [
      'refused the data volume "/dev/sr0": its signature is not of this content',
      'refused the data volume "/dev/vda": it is signed by a key that the manifest does not name',
      'refused the data volume "/dev/vdb": it is not signed',
      'ignored meta-data of the data volume "/dev/vdc": it is not signed',
    ],
  });
});

test('every file of a volume is judged, and a damaged one takes no other with it', async () => {
  const trust: MetadataTrust = { providers: ['cdrom'], signedBy: [ownerKey] };
  disks.set('/dev/vda', { 'user-data': userData, 'user-data.sig': ofOwner, 'vendor-data': rootKey });
  expect(await taken(trust)).toEqual({
    userdata: userData,
    notes: ['ignored vendor-data of the data volume "/dev/vda": it is not signed'],
  });
  disks.set('/dev/vda', { 'user-data': userData, 'meta-data': 'a: [b', 'network-config': 'version: 2' });
  expect(await cdromProvider(readTrust({})).probe(() => {})).toMatchObject({
    userdata: Buffer.from(userData),
    problems: [expect.stringMatching(/^Cannot read meta-data: /)],
    network: { form: 'network-config', content: Buffer.from('version: 2') },
    notes: [],
  });
});

test('a file is judged like a volume', async () => {
  const path = join(folder, 'user-data');
  writeFileSync(path, userData);
  const notes: string[] = [];
  const probe = (trust: MetadataTrust): Promise<unknown> =>
    fileProvider(trustOf(trust), path).probe((line) => notes.push(line));
  expect(await probe({ providers: ['cdrom'] })).toBeUndefined();
  expect(await probe({ providers: ['file'], signedBy: [ownerKey] })).toBeUndefined();
  writeFileSync(`${path}.sig`, ofOwner);
  expect(await probe({ providers: ['file'], signedBy: [ownerKey] })).toMatchObject({ sshKeys: [] });
  expect(notes).toEqual([
    `refused the user data in "${path}": "file" is not in metadata.trust of the manifest`,
    `refused the user data in "${path}": it is not signed`,
  ]);
});

test('devices are known by path, serial number and bus', () => {
  const sys = join(folder, 'sys');
  const disk = (name: string, path: string, serial?: string): void => {
    mkdirSync(join(sys, 'devices', path, name), { recursive: true });
    if (serial !== undefined) writeFileSync(join(sys, 'devices', path, name, 'serial'), `${serial}\n`);
    symlinkSync(join('devices', path, name), join(sys, name));
  };
  disk('vda', 'pci0000:00/0000:00:04.0/virtio3/block', 'seed');
  disk('sda', 'pci0000:00/0000:00:14.0/usb1/1-1/1-1:1.0/host6/target6:0:0/6:0:0:0/block');
  disk('sr0', 'pci0000:00/0000:00:1f.2/ata1/host0/target0:0:0/0:0:0:0/block');
  const admits = (device: object): string[] => {
    const trust = trustOf({ providers: ['cdrom'], devices: [device] }, sys);
    return ['vda', 'sda', 'sr0'].filter((name) => trust.device(`/dev/${name}`) === undefined);
  };
  expect(admits({ path: '/dev/sr0' })).toEqual(['sr0']);
  expect(admits({ serial: 'seed' })).toEqual(['vda']);
  expect(admits({ serial: '' })).toEqual([]);
  expect(['virtio', 'usb', 'ata', 'nvme', 'scsi'].map((bus) => admits({ bus }))).toEqual([
    ['vda'],
    ['sda'],
    ['sr0'],
    [],
    [],
  ]);
});
