import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Context } from '../../host/context.ts';
import { refuseLinuxkitFlags } from './linuxkit-run-flags.ts';
import { type RunFlags, readRequest } from './run-flags.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kit-flags-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** The values of the flags when none is given. */
const defaults: RunFlags = {
  ...{ disk: [], share: [], publish: [], device: [], smbios: [], networking: 'user', accel: 'auto' },
  ...{ format: 'kernel+initrd', timeout: '300' },
};
const read = (words: readonly string[], flags: Partial<RunFlags> = {}) =>
  readRequest(words, { ...defaults, ...flags }, { cwd: dir } as Context);

test('one word is an image; two are a backend and an image', async () => {
  expect(await read(['web.yml'])).toMatchObject({ backend: 'qemu', image: 'web.yml' });
  expect(await read(['qemu', 'web'])).toMatchObject({ backend: 'qemu', image: 'web' });
  expect(await read(['container', 'web'])).toMatchObject({ backend: 'container', image: 'web' });
  await expect(read(['hyperkit', 'web'])).rejects.toThrow(
    'Cannot run on "hyperkit": the backends are qemu and container',
  );
  await expect(read(['a.yml', 'b.yml'])).rejects.toMatchObject({
    message: 'Cannot run 2 images at once',
    hint: 'kit build a.yml b.yml merges the manifests into one image',
  });
  await expect(read(['qemu', 'a', 'b'])).rejects.toThrow('Cannot run 2 images at once');
});

test('flags are converted', async () => {
  await writeFile(join(dir, 'user-data'), 'hello');
  const flags = {
    uefi: true,
    iso: true,
    writable: true,
    arch: 'aarch64',
    state: 's',
    fw: '/f.fd',
    dataFile: 'user-data',
    cd: 'user-data',
    hardware: 'aws',
    smbios: ['type=1,serial=a,,b,uuid=c', 'type=11,value=x=y'],
  };
  expect(await read(['x'], flags)).toMatchObject({
    media: { as: 'iso', firmware: 'uefi', writable: true },
    arch: 'arm64',
    state: join(dir, 's'),
    firmwareFile: '/f.fd',
    ...{ cd: join(dir, 'user-data'), hardware: 'aws', smbios: flags.smbios },
    data: { data: Buffer.from('hello'), signature: undefined },
  });
  expect(await read(['x'])).toMatchObject({
    ...{ media: { as: undefined, firmware: undefined, writable: false }, data: undefined, arch: undefined },
  });
});

test.each<[Partial<RunFlags>, string]>([
  [{ uefi: true, bios: true }, 'Cannot use both --uefi and --bios'],
  [{ squashfs: true, kernel: true }, 'Cannot use both --squashfs and --kernel'],
  [{ data: 'x', dataFile: 'y' }, 'Cannot use both --data and --data-file'],
  [{ dataFile: 'y' }, 'Cannot read "y": no such file'],
  [{ accel: 'hax' }, 'Cannot use accelerator "hax": expected auto, kvm or tcg'],
  [{ cd: 'y.iso' }, 'Cannot use disc "y.iso": no such file'],
  [{ hardware: 'vax' }, 'Cannot use hardware "vax": expected aws, azure, gcp, openstack'],
  [{ smbios: ['serial=x'] }, 'Cannot use SMBIOS texts "serial=x": expected type=NUMBER,KEY=TEXT'],
  [{ smbios: ['file=/etc/shadow'] }, 'Cannot use SMBIOS texts "file=/etc/shadow"'],
  [{ smbios: ['type=1,a,b=c'] }, 'Cannot use SMBIOS texts "type=1,a,b=c"'],
  [{ arch: 'mips' }, 'Cannot build for "mips": expected amd64 or arm64'],
  [{ networking: 'none', publish: ['1:2'] }, 'Cannot publish ports with networking "none"'],
])('%j is refused', async (flags, why) => {
  await expect(read(['x'], flags)).rejects.toThrow(why);
});

test.each([
  [['--gui', 'x'], 'Cannot use --gui: machines have no display'],
  [['x', '-detached'], 'Cannot use --detached: the flag is called --detach'],
  [['--virtiofs=/data', 'x'], 'Cannot use --virtiofs: kit does not share folders of the host'],
])('LinuxKit flags are refused with a reason: %j', (args, why) => {
  expect(() => refuseLinuxkitFlags(args)).toThrow(why);
  expect(() => refuseLinuxkitFlags(['--name', 'gui', '--detach', 'x'])).not.toThrow();
});
