import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunRequest } from '../backend/request.ts';
import { type CpioEntry, cpioPieces } from '../binary/cpio/cpio-pieces.ts';
import { testWork } from '../work/testing.ts';
import { withoutLimits } from './container-limits.ts';
import { refuseWhatIsOfMachines } from './container-plan.ts';
import { initrdLayers } from './initrd-layers.ts';
import { ownerId } from './owner.ts';
import { pastaArguments } from './pasta-arguments.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kit-container-'));
});
afterEach(() => rm(dir, { recursive: true }));

const request: RunRequest = {
  ...{ backend: 'container', image: 'x.yml', format: 'kernel+initrd', arch: undefined, name: undefined },
  ...{ cpus: undefined, memoryMiB: undefined, publish: [], networking: { kind: 'user' }, disks: [] },
  ...{ accel: 'auto', data: undefined, firmwareFile: undefined, state: undefined, usb: false, devices: [] },
  media: { as: undefined, firmware: undefined, writable: false },
};

test.each<[string, Partial<RunRequest>]>([
  ['--disk', { disks: [{ path: '/x', format: 'raw', sizeBytes: undefined }] }],
  ['--accel', { accel: 'kvm' }],
  ['--uefi or --bios', { media: { ...request.media, firmware: 'uefi' } }],
  ['--usb', { usb: true }],
  ['--device', { devices: ['edu'] }],
  ['--networking tap or bridge', { networking: { kind: 'tap', interface: 'tap0' } }],
])('%s is of machines', (flag, change) => {
  expect(() => refuseWhatIsOfMachines({ ...request, ...change })).toThrow(
    `Cannot use ${flag} with a container: it has no hardware of its own`,
  );
  expect(() => refuseWhatIsOfMachines(request)).not.toThrow();
});

test('the network has the addresses of a machine, and leads only where it was told to', () => {
  const at = { host: '127.0.0.1', hostPort: 2222, guestPort: 22 };
  const line = pastaArguments([
    { ...at, protocol: 'tcp' },
    { ...at, host: '0.0.0.0', protocol: 'udp' },
  ]).join(' ');
  expect(line).toContain('-a 10.0.2.15 -n 24 -g 10.0.2.2 -D 10.0.2.3 --dns-forward 10.0.2.3');
  expect(line).toContain('-t 127.0.0.1/2222:22 -u 0.0.0.0/2222:22 -T none -U none');
  expect(pastaArguments([]).join(' ')).toContain('-t none -u none');
});

const id = '0123456789abcdef';
const body = (text: string): Pick<CpioEntry, 'type' | 'mode' | 'body'> => ({
  ...{ type: 'file', mode: 0o644, body: Buffer.from(text) },
});
const writeInitrd = async (entries: readonly CpioEntry[]): Promise<string> => {
  const path = join(dir, 'x-initrd.img');
  await writeFile(path, Buffer.concat(cpioPieces(entries).map((piece) => piece as Uint8Array)));
  return path;
};

test('layers come out of an initrd, once', async () => {
  const work = testWork({ cacheDir: join(dir, 'cache') });
  const entries: CpioEntry[] = [
    { path: 'bin/busybox', ...body('BUSYBOX') },
    { path: 'layers/index', ...body(`${id} 5 root\n`) },
    { path: `layers/${id}.erofs`, ...body('LAYER') },
  ];
  const initrd = await writeInitrd(entries);
  const { index, layers, busybox } = await initrdLayers(initrd, work);
  expect(index).toBe(`${id} 5 root\n`);
  const [layer] = layers;
  expect(layer).toMatchObject({ id, use: 'root' });
  expect(await readFile(layer?.file ?? '', 'utf8')).toBe('LAYER');
  expect(await readFile(busybox, 'utf8')).toBe('BUSYBOX');
  expect(await initrdLayers(initrd, work)).toEqual({ index, layers, busybox });
  await writeInitrd([...entries.slice(0, 2), { path: `layers/${id}.erofs`, ...body('OTHER') }]);
  const other = await initrdLayers(initrd, work);
  expect(other.busybox).toBe(busybox);
  expect(other.layers[0]?.file).not.toBe(layer?.file);
  await writeInitrd(entries.slice(0, 2));
  await expect(initrdLayers(initrd, work)).rejects.toThrow(`"layers/${id}.erofs" is not in its initrd`);
});

test("an init that is not kit's own needs a machine", async () => {
  const work = testWork({ cacheDir: join(dir, 'cache') });
  const initrd = await writeInitrd([{ path: 'init', ...body('#!/bin/sh\n') }]);
  const expected = { message: `Cannot run "${initrd}" as a container: its init is not kit's own` };
  await expect(initrdLayers(initrd, work)).rejects.toMatchObject(expected);
  await writeFile(initrd, Buffer.from('1f8b0800', 'hex'));
  await expect(initrdLayers(initrd, work)).rejects.toMatchObject(expected);
});

test('root of a container is nobody of the host, and not another container either', () => {
  const ids = ['t1', 't2', 'web'].map(ownerId);
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) {
    expect(id % 65_536).toBe(0);
    expect(id).toBeGreaterThanOrEqual(524_288);
    expect(id + 65_535).toBeLessThanOrEqual(1_879_048_191);
  }
  expect(ownerId('t1')).toBe(ids[0]);
});

test('limits that the host cannot keep are taken out of a spec, and nothing else', () => {
  const resources = { memory: { limit: 1 }, pids: { limit: 2 }, devices: [{ allow: false }] };
  const spec = { ociVersion: '1.2.0', linux: { cgroupsPath: '/svc/web', resources } };
  const { text, without } = withoutLimits(JSON.stringify(spec), new Set(['pids']));
  expect(without).toEqual(['memory']);
  const { memory: _memory, ...rest } = resources;
  expect(JSON.parse(text)).toEqual({ ...spec, linux: { ...spec.linux, resources: rest } });
  expect(withoutLimits('{}', new Set()).without).toEqual([]);
});
