import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuildOptions, buildImage } from '../../build/build.ts';
import { openCache } from '../../build/cache/cache.ts';
import { decompressedKernel } from '../../build/image/kernel/decompress-kernel.ts';
import { readAll } from '../../build/pieces/read-pieces.ts';
import { testWork } from '../../build/testing.ts';
import { bodyBytes, readTar, type TarEntry } from '../../lib/archive/tar.ts';
import { readImageConfig, readImageManifest, readIndex } from '../../lib/oci/read.ts';

/** The formats of LinuxKit's tree, built from packages of a few bytes by the functions `kit build` calls. */
const root = mkdtempSync(join(tmpdir(), 'kit-flat-formats-'));
afterAll(() => rmSync(root, { recursive: true }));

const work = testWork({ cacheDir: join(root, 'cache'), arch: 'amd64', env: {} });

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), content);
}

beforeAll(() => {
  write('kernel/build.yml', 'image: kernel\n');
  write('kernel/files/kernel', gzipSync('KERNEL'));
  write('kernel/files/ucode', 'UCODE');
  write('init/build.yml', 'image: init\n');
  write('init/files/init', '#!/bin/sh\n');
  write('web/build.yml', 'image: web\nentrypoint: [/web]\n');
  write('web/files/web', 'WEB');
  write(
    'x.yml',
    [
      'kernel: {image: ./kernel, tar: none, ucode: ucode, cmdline: console=ttyS0}',
      'init: [./init]',
      'services: [{name: web, image: ./web}]',
    ].join('\n'),
  );
});

const build = (options: Partial<BuildOptions> = {}): ReturnType<typeof buildImage> =>
  buildImage(
    [join(root, 'x.yml')],
    { dir: join(root, 'out'), name: 'My Image', cwd: root, ...options },
    work,
  );

async function entriesOf(bytes: Uint8Array): Promise<Map<string, TarEntry & { content: Buffer }>> {
  const found = new Map();
  for await (const entry of readTar([bytes], 'x')) {
    found.set(entry.path, { ...entry, content: await bodyBytes(entry) });
  }
  return found;
}

const out = (name: string): Buffer => readFileSync(join(root, 'out', name));

const formatNames = ['tar', 'docker', 'docker-archive', 'tar-kernel-initrd', 'kernel+initrd'];

test('writes all formats in one run, under their names', async () => {
  const { files } = await build({ formats: formatNames });
  const names = ['.docker', '-docker-archive.tar', '-initrd.tar', '-kernel', '-initrd.img', '-cmdline'];
  expect(files.map(({ path }) => path)).toEqual(
    ['.tar', ...names].map((end) => join(root, 'out', `My Image${end}`)),
  );
  expect(readdirSync(join(root, 'out'))).toHaveLength(files.length);
});

test('an empty command line writes no file and removes that of an earlier build', async () => {
  write('plain.yml', 'kernel: {image: ./kernel, tar: none}\ninit: [./init]\n');
  const place = { dir: join(root, 'plain'), name: 'plain', cwd: root };
  write('plain/plain-cmdline', 'console=ttyS0');
  const { files } = await buildImage([join(root, 'plain.yml')], place, work);
  const names = ['plain-kernel', 'plain-initrd.img'];
  expect(files.map(({ path }) => path)).toEqual(names.map((name) => join(root, 'plain', name)));
  expect(readdirSync(join(root, 'plain')).sort()).toEqual([...names].sort());
});

test('every file is identical in another folder, cache, time zone and umask', async () => {
  const copy = join(root, 'elsewhere', 'deep');
  mkdirSync(copy, { recursive: true });
  for (const name of ['kernel', 'init', 'web', 'x.yml']) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  const [zone, mask] = [process.env.TZ, process.umask(0o077)];
  process.env.TZ = 'Pacific/Kiritimati';
  try {
    const other = { ...work, cache: openCache(join(copy, 'cache')) };
    const place = { dir: join(copy, 'out'), name: 'My Image', formats: formatNames, cwd: copy };
    await buildImage([join(copy, 'x.yml')], place, other);
  } finally {
    process.umask(mask);
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
  for (const name of readdirSync(join(root, 'out'))) {
    expect(readFileSync(join(copy, 'out', name)).equals(out(name)), name).toBe(true);
  }
});

test('docker is the tree and a Dockerfile, for docker build', async () => {
  const [tree, context] = await Promise.all(
    ['.tar', '.docker'].map((end) => entriesOf(out(`My Image${end}`))),
  );
  expect([...(context?.keys() ?? [])].filter((path) => !tree?.has(path))).toEqual(['Dockerfile']);
  expect(context?.get('Dockerfile')?.content.toString()).toBe(
    '\nFROM scratch\n\nCOPY . ./\n\nENTRYPOINT ["/bin/rc.init"]\n',
  );
  expect([...(context?.keys() ?? [])].slice(-2)).toEqual(['Dockerfile', 'sbom.spdx.json']);
});

test('docker-archive is an image for docker load and OCI tools', async () => {
  const entries = await entriesOf(out('My Image-docker-archive.tar'));
  const blob = (digest: string): Buffer => {
    const bytes = entries.get(`blobs/sha256/${digest.slice(7)}`)?.content ?? Buffer.alloc(0);
    expect(`sha256:${createHash('sha256').update(bytes).digest('hex')}`).toBe(digest);
    return bytes;
  };
  const [descriptor] = readIndex(entries.get('index.json')?.content ?? Buffer.alloc(0), 'index').manifests;
  const manifest = readImageManifest(blob(descriptor?.digest ?? ''), 'manifest');
  const [layer] = manifest.layers;
  const config = readImageConfig(blob(manifest.config.digest), 'config');
  expect(config.config.Entrypoint).toEqual(['/bin/rc.init']);
  expect(config.rootfs.diff_ids).toEqual([layer?.digest]);
  const content = await entriesOf(blob(layer?.digest ?? ''));
  expect([...content.keys()]).toContain('containers/services/web/lower/web');
  expect([...content.keys()].filter((path) => path.startsWith('boot'))).toEqual([]);
  expect(JSON.parse(entries.get('manifest.json')?.content.toString() ?? '')).toEqual([
    {
      Config: `blobs/sha256/${manifest.config.digest.slice(7)}`,
      RepoTags: ['my-image:latest'],
      Layers: [`blobs/sha256/${layer?.digest.slice(7)}`],
    },
  ]);
});

test('microcode is a file in tar-kernel-initrd and the start of the initrd in kernel+initrd', async () => {
  const entries = await entriesOf(out('My Image-initrd.tar'));
  expect([...entries].map(([path, { mode, mtime }]) => [path, mode, mtime])).toEqual(
    ['kernel', 'initrd.img', 'cmdline', 'ucode.cpio'].map((path) => [path, 0o644, 1_492_533_000]),
  );
  expect(entries.get('cmdline')?.content.toString()).toBe('console=ttyS0');
  const initrd = out('My Image-initrd.img');
  expect(initrd.subarray(0, 8).toString()).toBe('UCODE\0\0\0');
  expect(initrd.subarray(8).equals(entries.get('initrd.img')?.content ?? Buffer.alloc(0))).toBe(true);
});

describe('one format written to a stream or a file', () => {
  test('a stream stays open; tar is the default format', async () => {
    const pieces: Buffer[] = [];
    const stream = new Writable({
      write: (piece, _encoding, done) => {
        pieces.push(piece);
        done();
      },
    });
    expect(await build({ to: stream })).toMatchObject({ files: [], memoryMiB: 0 });
    expect(stream.writableEnded).toBe(false);
    expect(Buffer.concat(pieces).equals(out('My Image.tar'))).toBe(true);
    await build({ to: join(root, 'other'), formats: ['docker'] });
    expect(readFileSync(join(root, 'other')).equals(out('My Image.docker'))).toBe(true);
  });

  test.each([[['tar', 'docker']], [['kernel+initrd']]])('refuses the formats %s', async (formats) => {
    const failed = build({ to: 'x', formats });
    await expect(failed).rejects.toMatchObject({ exitCode: 2 });
    await expect(failed).rejects.toThrow('Cannot write the image to one place');
  });
});

describe('the bill of materials', () => {
  test('is in the tree at the given path, or left out', async () => {
    const paths = async (sbom: BuildOptions['sbom']): Promise<string[]> => {
      await build({ to: join(root, 'sbom.tar'), sbom });
      return [...(await entriesOf(readFileSync(join(root, 'sbom.tar')))).keys()];
    };
    expect((await paths({ path: '/usr/share/x.json' })).at(-1)).toBe('usr/share/x.json');
    expect((await paths(false)).filter((path) => path.endsWith('.json'))).toEqual([
      'containers/services/web/config.json',
      'containers/services/web/runtime.json',
    ]);
    await expect(build({ sbom: { path: 'a/../../b' } })).rejects.toThrow(
      'expected the path of a file in the image',
    );
  });

  test('states the time of SOURCE_DATE_EPOCH', async () => {
    const dated = { ...work, env: { SOURCE_DATE_EPOCH: '1700000000' } };
    const to = join(root, 'dated.tar');
    await buildImage([join(root, 'x.yml')], { dir: root, name: 'x', to, cwd: root }, dated);
    const text = (await entriesOf(readFileSync(to))).get('sbom.spdx.json')?.content.toString() ?? '';
    expect(JSON.parse(text).creationInfo.created).toBe('2023-11-14T22:13:20Z');
  });
});

test('a volume with the OCI layout of an image is in every format', async () => {
  write(
    'oci.yml',
    'init: [./init]\nvolumes: [{name: v, image: ./web, format: oci}]\nkernel: {image: ./kernel, tar: none}\n',
  );
  const options = { dir: join(root, 'oci'), name: 'oci', cwd: root, formats: ['tar', 'kernel+initrd'] };
  const { files } = await buildImage([join(root, 'oci.yml')], options, work);
  expect(files.map(({ path }) => path.slice(options.dir.length + 1))).toEqual([
    ...['oci.tar', 'oci-kernel', 'oci-initrd.img'],
  ]);
  const entries = await entriesOf(readFileSync(join(options.dir, 'oci.tar')));
  expect(entries.get('containers/volumes/v/lower/oci-layout')?.content.toString()).toContain(
    'imageLayoutVersion',
  );
});

test('--input-tar may be any archive except the one being written', async () => {
  const inputTar = join(root, 'out', 'My Image.tar');
  await build({ formats: ['docker'], inputTar });
  await expect(build({ formats: ['tar'], inputTar })).rejects.toThrow('it is the file that the build writes');
  await expect(build({ to: inputTar, inputTar })).rejects.toMatchObject({ exitCode: 2 });
  await expect(build({ inputTar: join(root, 'gone') })).rejects.toThrow('no such file');
});

test('--decompress-kernel applies to the tree and to the kernel file', async () => {
  await build({ formats: ['tar', 'kernel+initrd'], decompressKernel: true, dir: join(root, 'plain') });
  expect(readFileSync(join(root, 'plain', 'My Image-kernel'), 'utf8')).toBe('KERNEL');
  const tree = await entriesOf(readFileSync(join(root, 'plain', 'My Image.tar')));
  expect(tree.get('boot/kernel')?.content.toString()).toBe('KERNEL');
});

describe('the kernel in a bzImage', () => {
  /** Two sectors of setup code, the payload 16 bytes after them, and its length after the payload. */
  function bzImage(payload: Buffer, { version = 0x20f, signature = 'HdrS' } = {}): Buffer {
    const head = Buffer.alloc(3 * 512);
    head[0x1f1] = 1;
    head.writeUInt16LE(0xaa55, 0x1fe);
    head.write(signature, 0x202, 'latin1');
    head.writeUInt16LE(version, 0x206);
    head.writeUInt32LE(16, 0x248);
    head.writeUInt32LE(payload.length + 4, 0x24c);
    const start = 2 * 512 + 16;
    return Buffer.concat([head.subarray(0, start), payload, Buffer.alloc(4, 7)]);
  }

  async function decompressed(kernel: Buffer): Promise<string> {
    write('bz', kernel);
    const piece = await decompressedKernel({ file: join(root, 'bz'), bytes: kernel.length }, work);
    return (await readAll([piece])).toString();
  }

  test('is its gzip payload', async () => {
    expect(await decompressed(bzImage(gzipSync('vmlinux')))).toBe('vmlinux');
  });

  test.each<[string, Buffer, string]>([
    [
      'zstd',
      bzImage(Buffer.from('28b52ffd000000000000', 'hex')),
      'it is compressed with zstd, not with gzip',
    ],
    ['an old bzImage', bzImage(gzipSync('x'), { version: 0x207 }), 'its boot protocol is older than 2.08'],
    ['another format', Buffer.alloc(4096), 'it is neither a gzip file nor a bzImage'],
    ['a short file', Buffer.from('x'), 'it is neither a gzip file nor a bzImage'],
    ['a truncated bzImage', bzImage(gzipSync('x')).subarray(0, 1050), 'its payload is longer than the file'],
    [
      'a damaged one',
      bzImage(Buffer.concat([gzipSync('x').subarray(0, 10), deflateRawSync('y')])),
      'Cannot decompress the kernel: ',
    ],
  ])('refuses %s', async (_case, kernel, message) => {
    await expect(decompressed(kernel)).rejects.toThrow(message);
  });
});

test('leaves the cache intact', async () => {
  const { cache } = work;
  expect((await cache.refs.list()).length).toBe(3);
  await cache.close();
});
