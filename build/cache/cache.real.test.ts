import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mediaTypes } from '../../lib/oci/types.ts';
import { needsRoot } from '../../test/support/needs.ts';
import { type Cache, openCache } from './cache.ts';
import { collectGarbage } from './gc.ts';

let dir: string;
let cache: Cache;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-cache-'));
  cache = openCache(dir);
});
afterEach(async () => {
  await cache.close();
  rmSync(dir, { recursive: true, force: true });
});

function add(text: string) {
  return cache.scratch(async (scratch) => {
    writeFileSync(join(scratch, 'blob'), text);
    return cache.addFile(join(scratch, 'blob'));
  });
}

/** Adds a complete image of one layer with this text. */
async function addImage(name: string, text: string) {
  const layer = await add(text);
  const config = await cache.addJson({ architecture: 'amd64', os: 'linux' }, mediaTypes.config);
  const manifest = { schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers: [layer] };
  const descriptor = await cache.addJson(manifest, mediaTypes.manifest);
  await cache.refs.set(name, { ...descriptor, platform: { os: 'linux', architecture: 'amd64' } });
  return { layer, descriptor };
}

test('reading a cache that does not exist creates no files in it', async () => {
  expect(await cache.refs.list()).toEqual([]);
  expect(await cache.refs.remove('kit/a:1')).toBe(false);
  await cache.close();
  expect(readdirSync(dir).filter((name) => name !== 'locks')).toEqual([]);
  await cache.hold();
  expect(JSON.parse(readFileSync(join(dir, 'oci/oci-layout'), 'utf8'))).toEqual({
    imageLayoutVersion: '1.0.0',
  });
});

test('a blob is stored under its digest, read-only', async () => {
  const { digest, size } = await add('hello');
  expect(digest).toBe('sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824');
  expect(size).toBe(5);
  expect(readFileSync(cache.blobPath(digest), 'utf8')).toBe('hello');
  expect(statSync(cache.blobPath(digest)).mode & 0o777).toBe(0o444);
});

test('truncated, modified and missing blobs are detected; adding them again repairs them', async () => {
  const blob = await add('hello');
  const path = cache.blobPath(blob.digest);
  for (const wrong of ['hell', 'hellO']) {
    chmodSync(path, 0o644);
    writeFileSync(path, wrong);
    expect(await cache.has(blob)).toBe(false);
    await add('hello');
    expect(await cache.has(blob)).toBe(true);
  }
  rmSync(path);
  expect(await cache.has(blob)).toBe(false);
});

test('a blob whose mtime was changed is verified once and sealed again', async () => {
  const blob = await add('hello');
  utimesSync(cache.blobPath(blob.digest), 5, 5);
  expect(await cache.has(blob)).toBe(true);
  expect(statSync(cache.blobPath(blob.digest)).mtimeMs).toBe(0);
});

test.each<[string, (path: string) => void]>([
  ['every user can write', (path) => chmodSync(path, 0o666)],
  ['of another user', (path) => chownSync(path, 1234, 1234)],
])(
  'a blob %s is hashed whatever its time: others can set that too',
  needsRoot('another user'),
  async (_, give) => {
    const blob = await add('good');
    const path = cache.blobPath(blob.digest);
    chmodSync(path, 0o644);
    writeFileSync(path, 'evil');
    utimesSync(path, 0, 0);
    give(path);
    expect(await cache.has(blob)).toBe(false);
    chmodSync(path, 0o644);
    writeFileSync(path, 'good');
    utimesSync(path, 0, 0);
    give(path);
    expect(await cache.has(blob)).toBe(true);
  },
);

test('a name has one image for each architecture', async () => {
  const { descriptor } = await addImage('kit/a:1', 'one');
  await cache.refs.set('kit/a:1', { ...descriptor, platform: { os: 'linux', architecture: 'arm64' } });
  const { descriptor: newer } = await addImage('kit/a:1', 'two');
  expect(await cache.refs.get('kit/a:1', 'amd64')).toMatchObject({ digest: newer.digest });
  expect(await cache.refs.get('kit/a:1', 'arm64')).toMatchObject({ digest: descriptor.digest });
  expect(await cache.refs.remove('kit/a:1')).toBe(true);
  expect(await cache.refs.remove('kit/a:1')).toBe(false);
  expect(await cache.refs.list()).toEqual([]);
});

test('concurrent changes of index.json lose no name', async () => {
  const { descriptor } = await addImage('kit/a:1', 'one');
  const names = Array.from({ length: 50 }, (_, at) => `kit/many:${at}`);
  await Promise.all(names.map((name) => cache.refs.set(name, descriptor)));
  expect((await cache.refs.list()).map(({ name }) => name).sort()).toEqual(['kit/a:1', ...names].sort());
});

test('garbage collection keeps the blobs of named images and removes the others', async () => {
  const kept = await addImage('kit/a:1', 'one');
  const lost = await addImage('kit/b:1', 'two');
  await cache.refs.remove('kit/b:1');
  expect(await collectGarbage(cache)).toMatchObject({ files: 2 });
  expect(await cache.has(kept.layer)).toBe(true);
  expect(await cache.has(lost.layer)).toBe(false);
});

test('garbage collection is refused while another kit uses the cache', async () => {
  const other = openCache(dir);
  await other.hold();
  await expect(collectGarbage(cache)).rejects.toThrow(
    `Cannot clean the cache "${dir}": another kit is using it`,
  );
  await other.close();
  await collectGarbage(cache);
});

/** Another process that runs `code` with `cache` and does not end by itself. */
async function otherProcess(code: string) {
  const module = join(import.meta.dirname, 'cache.ts');
  const script = `import { openCache } from ${JSON.stringify(module)};
    const cache = openCache(${JSON.stringify(dir)});
    setInterval(() => {}, 1000);
    ${code}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { line: String(line).trim(), kill };
}

test('after SIGKILL, locks are free and the next process removes the scratch folder', async () => {
  const other = await otherProcess(`
    cache.locked('package-x', () => cache.scratch(async (dir) => {
      console.log(dir);
      await new Promise(() => {});
    }));`);
  expect(existsSync(other.line)).toBe(true);
  await add('the folder of a live process is kept');
  expect(existsSync(other.line)).toBe(true);
  await other.kill();
  await cache.locked('package-x', async () => {});
  await cache.close();
  await add('the next process removes the folder');
  expect(existsSync(other.line)).toBe(false);
  await collectGarbage(cache);
});

test('a scratch folder whose process was killed before it held the lock is removed', async () => {
  const halfMade = join(dir, 'scratch', '1-halfmd');
  mkdirSync(halfMade, { recursive: true });
  await add('hello');
  expect(existsSync(halfMade)).toBe(false);
});

test('unfinished files of killed processes are removed once they are old', async () => {
  await cache.hold();
  const [old, young] = ['index.json.1-ab.part', 'index.json.2-cd.part'].map((name) => join(dir, 'oci', name));
  for (const file of [old, young]) writeFileSync(file ?? '', '{');
  utimesSync(old ?? '', 5, 5);
  await add('hello');
  expect([old, young].map((file) => existsSync(file ?? ''))).toEqual([false, true]);
});

test('closing a cache removes its scratch folder', async () => {
  await add('hello');
  await cache.close();
  expect(readdirSync(join(dir, 'scratch'))).toEqual(['door']);
});

test('a damaged index.json is one clear error', async () => {
  await cache.hold();
  writeFileSync(join(dir, 'oci', 'index.json'), '{"schemaVersion": 2, "manifests": [{"digest": "md5:1"}]}');
  await expect(cache.refs.list()).rejects.toMatchObject({
    name: 'KitError',
    message: expect.stringContaining('index.json": "manifests[0].mediaType" is nothing, expected a string'),
  });
});
