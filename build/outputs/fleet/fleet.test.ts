import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { bodyBytes, readTar } from '../../../lib/archive/tar.ts';
import type { Arch } from '../../host/arch.ts';
import type { BootImage } from '../../image/plan/boot-image.ts';
import { type MachineNeeds, noNeeds } from '../../image/plan/machine-needs.ts';
import { readAll } from '../../pieces/read-pieces.ts';
import { readEfiSigner } from '../../signing/efi/efi-signer.ts';
import { makeSecureBootKeys } from '../../signing/efi/secure-boot-keys.ts';
import { testWork } from '../../testing.ts';
import { formatNamed } from '../choose-formats.ts';
import { tinyImage } from '../disk/testing.ts';
import { suffixesOf } from '../kernel-files.ts';
import { containerDiskEntries } from './container-disk.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-fleet-'));
afterAll(() => rmSync(folder, { recursive: true }));

const everything: MachineNeeds = {
  ...{ shares: [], tpm: true, vsock: true, guestAgent: true, watchdog: true },
  disks: [
    { name: 'data', serial: 'incus_data', size: { min: 20 * 2 ** 30, max: 2 ** 45 }, holdsData: false },
    { name: 'Logs_2', holdsData: true },
  ],
};

const cmdline = 'console=hvc0 console=ttyS0 quoted="a < b & \'c\'"';
const drivers = ['virtio_blk', 'virtio_net', 'virtio_scsi'];

const imageWith = (needs: MachineNeeds, arch: Arch = 'amd64'): BootImage => ({
  ...tinyImage(folder, arch, cmdline),
  needs,
  drivers,
});

/** The format's own file. */
async function fileOf(format: string, image: BootImage, name = 'web'): Promise<Buffer> {
  const content = await formatNamed(format).content?.(image, { dir: folder, name }, testWork());
  return readAll(typeof content === 'function' ? content() : (content ?? []));
}

const textOf = async (format: string, image: BootImage, name?: string): Promise<string> =>
  (await fileOf(format, image, name)).toString();

describe('golden files', () => {
  test.each([
    ['libvirt', 'amd64', noNeeds, 'libvirt-plain.xml'],
    ['libvirt', 'amd64', everything, 'libvirt.xml'],
    ['libvirt-bios', 'amd64', everything, 'libvirt-bios.xml'],
    ['libvirt-efi', 'amd64', everything, 'libvirt-efi.xml'],
    ['libvirt', 'arm64', everything, 'libvirt-arm64.xml'],
    ['libvirt-efi', 'arm64', everything, 'libvirt-efi-arm64.xml'],
    ['incus', 'amd64', { ...everything, disks: everything.disks.slice(0, 1) }, 'incus.yaml'],
    ['kubevirt', 'amd64', everything, 'kubevirt.yaml'],
    ['kubevirt', 'arm64', noNeeds, 'kubevirt-arm64.yaml'],
  ] as const)('%s for %s', async (format, arch, needs, file) => {
    const text = await textOf(format, imageWith(needs, arch));
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, 'testdata', file));
  });
});

test('libvirt gives a signed image firmware with Secure Boot, in which its keys are to be enrolled', async () => {
  const files = new Map(makeSecureBootKeys('test', new Date(0)).map(({ name, content }) => [name, content]));
  const pem = (name: string) => ({ bytes: Buffer.from(files.get(name) ?? ''), shown: name });
  const signer = () => readEfiSigner(pem('db.key'), pem('db.crt'), undefined);
  const signed = (arch: Arch): BootImage => ({ ...imageWith(noNeeds, arch), signer });
  const domain = await textOf('libvirt-efi', signed('amd64'));
  expect(domain).toContain("<feature enabled='no' name='enrolled-keys'/>");
  expect(domain).toContain("<feature enabled='yes' name='secure-boot'/>");
  expect(await textOf('libvirt-efi', signed('arm64'))).toContain(
    "<feature enabled='no' name='secure-boot'/>",
  );
  expect(await textOf('libvirt', signed('amd64'))).not.toContain('secure-boot');
});

test('the image of Incus has the fields that it demands, in a file of its own', async () => {
  const bytes = await fileOf('incus-image', imageWith(noNeeds, 'arm64'));
  const entries: [string, string][] = [];
  for await (const entry of readTar([bytes], 'web-incus.tar'))
    entries.push([entry.path, (await bodyBytes(entry)).toString()]);
  expect(entries.map(([path]) => path)).toEqual(['metadata.yaml']);
  const [metadata] = parseAllDocuments(entries[0]?.[1] ?? '').map((one) => one.toJS());
  expect(metadata).toMatchObject({ architecture: 'aarch64', properties: { name: 'web' } });
  expect(metadata.creation_date).toBeGreaterThan(0);
});

test('a domain keeps its UUID when its image changes, and has another one under another name', async () => {
  const uuid = async (image: BootImage, name: string): Promise<string | undefined> =>
    /<uuid>([0-9a-f-]{36})<\/uuid>/.exec(await textOf('libvirt', image, name))?.[1];
  const web = await uuid(imageWith(noNeeds), 'web');
  expect(web).toBeDefined();
  expect(await uuid(imageWith(everything), 'web')).toBe(web);
  expect(await uuid(imageWith(noNeeds), 'web2')).not.toBe(web);
});

test.each([
  ['libvirt', 'web'],
  ['libvirt-bios', 'web.qcow2'],
  ['libvirt-efi', 'web-efi.qcow2'],
])('the domain of %s names files that kit writes: %s', async (format, start) => {
  const text = await textOf(format, imageWith(noNeeds));
  const files = [...text.matchAll(/\/var\/lib\/libvirt\/images\/([^<']+)/g)].map(([, file]) => file);
  const written = suffixesOf(formatNamed(format)).map((suffix) => `web${suffix}`);
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expect(written).toContain(file);
  expect(files[0]).toMatch(new RegExp(`^${start}`));
});

const onDisk = (disk: Partial<MachineNeeds['disks'][number]>): MachineNeeds => ({
  ...noNeeds,
  disks: [{ name: 'data', holdsData: false, ...disk }],
});

test.each<[string, string, MachineNeeds, RegExp]>([
  ['libvirt', 'a b', noNeeds, /Cannot describe "a b" for libvirt: it takes no such name/],
  ['kubevirt', 'Web', noNeeds, /Cannot describe "Web" for KubeVirt: it takes no such name/],
  ['incus', '1web', noNeeds, /Cannot describe "1web" for Incus/],
  ['libvirt', 'web', onDisk({ path: '/dev/vdb' }), /looked for as \/dev\/vdb, and will be \/dev\/vda/],
  ['libvirt-bios', 'web', onDisk({ path: '/dev/vda1' }), /as \/dev\/vda1, and will be \/dev\/vdb/],
  ['incus', 'web', onDisk({ path: '/dev/vdb' }), /will be \/dev\/sdb/],
  ['libvirt', 'web', onDisk({ serial: 'x'.repeat(21) }), /"x{21}" does not fit a virtio disk/],
  ['kubevirt', 'web', onDisk({ serial: 'a:b' }), /"a:b" does not fit a virtio disk/],
  ['incus', 'web', onDisk({ serial: 'kit-data' }), /it gives "incus_data"/],
  ['libvirt', 'web', { ...noNeeds, shares: ['src'] }, /volume "src" is a folder of the host/],
])('%s refuses %s', async (format, name, needs, message) => {
  await expect(fileOf(format, imageWith(needs), name)).rejects.toThrow(message);
});

test('a disk that is looked for where it will be is taken', async () => {
  expect(await textOf('libvirt', imageWith(onDisk({ path: '/dev/vda1' })))).toContain("dev='vda'");
  expect(await textOf('libvirt-bios', imageWith(onDisk({ path: '/dev/vdb' })))).toContain("dev='vdb'");
});

test('a kernel without drivers for the disks and the network of virtual machines is refused', async () => {
  const image = { ...imageWith(noNeeds), drivers: ['ahci', 'virtio_blk'] };
  await expect(fileOf('libvirt', image)).rejects.toThrow(/its kernel lacks virtio_net/);
});

test('a command line that XML cannot hold is refused', async () => {
  const image = { ...imageWith(noNeeds), cmdline: 'a\u0001b' };
  await expect(fileOf('libvirt', image)).rejects.toThrow(/Cannot write "a\\u0001b" to XML/);
});

test('the layer of a container disk has one file, of the user of QEMU', () => {
  const found = containerDiskEntries([Buffer.from('disk')]).map(({ path, type, mode, uid, gid }) => [
    ...[path, type, mode, uid, gid],
  ]);
  expect(found).toEqual([
    ['disk', 'directory', 0o755, 107, 107],
    ['disk/disk.qcow2', 'file', 0o440, 107, 107],
  ]);
});

test('a machine that needs nothing gets no devices for it', async () => {
  const plain = await textOf('libvirt', imageWith(noNeeds));
  for (const word of ['tpm', 'vsock', 'watchdog', 'channel', '<disk']) expect(plain).not.toContain(word);
});
