import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KitError } from '../errors/errors.ts';
import { readImageConfig, readImageManifest, readIndex } from './read.ts';

const digest = `sha256:${'0'.repeat(64)}`;
const layer = { mediaType: 'application/vnd.oci.image.layer.v1.tar', digest, size: 7 };
const manifest = { schemaVersion: 2, config: { ...layer, mediaType: 'x' }, layers: [layer] };
const config = {
  architecture: 'amd64',
  os: 'linux',
  config: null,
  rootfs: { type: 'layers', diff_ids: [digest] },
};
const index = {
  schemaVersion: 2,
  manifests: [{ ...layer, platform: { os: 'linux', architecture: 'arm64' } }],
};

const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

test('valid documents are parsed', () => {
  expect(readImageManifest(bytes(manifest), 'm').layers).toEqual([layer]);
  expect(readIndex(bytes(index), 'i').manifests).toEqual(index.manifests);
  expect(readImageConfig(bytes(config), 'c')).toEqual({ ...config, config: {} });
});

test('lists that are null or missing are empty', () => {
  for (const layers of [null, undefined])
    expect(readImageManifest(bytes({ ...manifest, layers, annotations: null }), 'm').layers).toEqual([]);
  for (const manifests of [null, undefined])
    expect(readIndex(bytes({ schemaVersion: 2, manifests }), 'i').manifests).toEqual([]);
  for (const rootfs of [null, undefined, {}, { type: 'layers', diff_ids: null }])
    expect(readImageConfig(bytes({ ...config, rootfs }), 'c').rootfs.diff_ids).toEqual([]);
  const nulls = { Env: null, Cmd: null, Entrypoint: null, Labels: null, User: null };
  expect(
    readImageConfig(bytes({ ...config, config: nulls, history: null, created: null }), 'c').config,
  ).toEqual({});
  expect(readImageConfig(bytes({ ...config, config: { Labels: { a: null } } }), 'c').config.Labels).toEqual({
    a: '',
  });
});

test('a missing schema version, numbers with an exponent and times before 1970 are fine', () => {
  const text = JSON.stringify({ ...manifest, schemaVersion: undefined }).replace('"size":7', '"size":1e3');
  expect(readImageManifest(Buffer.from(text), 'm').config.size).toBe(1000);
  for (const created of ['0001-01-01T00:00:00Z', '1969-12-31T23:59:59-11:00'])
    expect(readImageConfig(bytes({ ...config, created }), 'c').created).toBe(created);
});

test.each([
  [{}, undefined],
  [{ os: '', architecture: '' }, undefined],
  [null, undefined],
  [{ os: 'linux' }, { os: 'linux', architecture: '' }],
  [
    { os: 'linux', architecture: 'amd64', variant: '', 'os.version': '1', 'os.features': null },
    { os: 'linux', architecture: 'amd64' },
  ],
])('the platform %j of an entry', (platform, expected) => {
  const [entry] = readIndex(bytes({ manifests: [{ ...layer, platform }] }), 'i').manifests;
  expect(entry?.platform).toEqual(expected);
});

test.each([
  [
    { ...manifest, layers: [{ ...layer, digest: 'sha256:1' }] },
    '"layers[0].digest" is "sha256:1", expected "sha256:" and',
  ],
  [{ ...manifest, layers: [{ ...layer, size: -1 }] }, '"layers[0].size" is -1, expected a whole number'],
  [{ ...manifest, layers: {} }, '"layers" is {}, expected a list'],
  [{ ...manifest, schemaVersion: 1 }, '"schemaVersion" is 1, expected 2'],
  [
    { ...manifest, mediaType: 'a/b' },
    '"mediaType" is "a/b", expected "application/vnd.oci.image.manifest.v1+json"',
  ],
  [[], 'the document is [], expected an object'],
])('manifest %j is refused', (value, reason) => {
  expect(() => readImageManifest(bytes(value), 'm')).toThrow(`Cannot read "m": ${reason}`);
});

test('a document of 5 MiB is refused unparsed', () => {
  expect(() => readIndex(Buffer.alloc(5 << 20, 0x20), 'i')).toThrow('5242880 bytes are more than 4194304');
});

const readers = [readImageManifest, readIndex, readImageConfig];

test('any bytes are parsed or a KitError', () => {
  const json = fc.json().map((text) => Buffer.from(text));
  const noise = fc.uint8Array({ maxLength: 200 });
  fc.assert(fc.property(fc.oneof(json, noise), fc.constantFrom(...readers), attempt), { numRuns: 3000 });
});

test('a valid document with any one value replaced is parsed or a KitError', () => {
  const documents = fc.constantFrom<object>(manifest, index, config);
  const spoiled = fc.tuple(documents, fc.nat(40), fc.jsonValue()).map(([value, at, other]) => {
    let left = at;
    return bytes(JSON.parse(JSON.stringify(value), (_key, found) => (left-- === 0 ? other : found)));
  });
  fc.assert(fc.property(spoiled, fc.constantFrom(...readers), attempt), { numRuns: 3000 });
});

function attempt(input: Uint8Array, read: (input: Uint8Array, name: string) => unknown): void {
  try {
    read(input, 'x');
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(KitError);
  }
}
