import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { KitError } from '../../../lib/errors/errors.ts';
import { contentsAnnotation } from '../../cache/annotations.ts';
import type { Component } from '../../packages/components.ts';
import type { SbomImage } from './sbom-images.ts';
import { sbomText } from './sbom-text.ts';
import { documentId, type SpdxDocument } from './spdx.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-sbom-'));
afterAll(() => rmSync(dir, { recursive: true }));

const created = '2017-04-18T16:30:00Z';
const libc: Component = {
  ...{ name: 'libc6', version: '2.41-12', purl: 'pkg:deb/debian/libc6@2.41-12?arch=amd64' },
  sha256: 'a'.repeat(64),
};
const grpc: Component = {
  ...{ name: '@grpc/grpc-js', version: '1.14.7', purl: 'pkg:npm/%40grpc/grpc-js@1.14.7' },
  license: 'Apache-2.0',
};

let made = 0;

function part(name: string, prefix: string, contents: unknown, ...statements: unknown[]): SbomImage {
  const files = statements.map((statement) => {
    const path = join(dir, `statement-${++made}.json`);
    writeFileSync(path, typeof statement === 'string' ? statement : JSON.stringify(statement));
    return { path, predicateType: 'https://spdx.dev/Document' };
  });
  const digest = `sha256:${'1'.repeat(64)}` as const;
  const text = typeof contents === 'string' ? contents : JSON.stringify(contents);
  const layers = [{ diffId: digest, path: '', bytes: 0, annotations: { [contentsAnnotation]: text } }];
  const config = {
    architecture: 'amd64',
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: [] },
  } as const;
  return { name, prefix, image: { name, digest, config, layers, statements: files } };
}

const statement = (predicate: unknown): unknown => ({
  _type: 'https://in-toto.io/Statement/v0.1',
  predicateType: 'https://spdx.dev/Document',
  subject: [],
  predicate,
});

const foreign = {
  spdxVersion: 'SPDX-2.3',
  SPDXID: documentId,
  packages: [
    {
      SPDXID: 'SPDXRef-Package-musl',
      name: 'musl',
      versionInfo: '1.2',
      packageFileName: '/lib/apk',
      downloadLocation: 'NOASSERTION',
      licenseDeclared: 'MIT AND LicenseRef-odd',
    },
  ],
  files: [{ SPDXID: 'SPDXRef-File-1', fileName: 'lib/ld-musl.so', checksums: [] }],
  hasExtractedLicensingInfos: [{ licenseId: 'LicenseRef-odd', extractedText: 'odd' }],
  relationships: [
    { spdxElementId: documentId, relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-Package-musl' },
    {
      spdxElementId: 'SPDXRef-Package-musl',
      relationshipType: 'CONTAINS',
      relatedSpdxElement: 'SPDXRef-File-1',
    },
  ],
};

const document = async (...parts: SbomImage[]): Promise<SpdxDocument> =>
  JSON.parse(await sbomText(parts, created));

/** Checks the requirements of the JSON schema and of chapters 6, 7, 8 and 11 of SPDX 2.3. */
function checkDocument(spdx: SpdxDocument): void {
  expect(spdx).toMatchObject({
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: documentId,
    name: 'sbom',
  });
  expect(spdx.documentNamespace).toMatch(/^https:\/\/[^#\s]+$/);
  expect(spdx.creationInfo.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  for (const creator of spdx.creationInfo.creators) expect(creator).toMatch(/^(Tool|Person|Organization): ./);
  const elements = [...spdx.packages, ...(spdx.files ?? [])].map(({ SPDXID }) => SPDXID);
  expect(new Set(elements).size).toBe(elements.length);
  for (const id of elements) expect(id).toMatch(/^SPDXRef-[A-Za-z0-9.-]+$/);
  for (const { name, downloadLocation, externalRefs = [], checksums = [] } of spdx.packages) {
    expect([typeof name, typeof downloadLocation]).toEqual(['string', 'string']);
    for (const { referenceLocator } of externalRefs)
      expect(referenceLocator).toMatch(/^pkg:[a-z]+\/[^\s]+@[^\s]+$/);
    for (const { checksumValue } of checksums) expect(checksumValue).toMatch(/^[0-9a-f]{64}$/);
  }
  const known = new Set([documentId, ...elements]);
  for (const { spdxElementId, relatedSpdxElement } of spdx.relationships) {
    expect(known).toContain(spdxElementId);
    expect(known).toContain(relatedSpdxElement);
  }
  expect(spdx.relationships.some(({ relationshipType }) => relationshipType === 'DESCRIBES')).toBe(true);
}

describe('a bill of materials', () => {
  test('lists images, the contents of their layers, and their own documents', async () => {
    const spdx = await document(
      part('kit/libs:1', '', [libc]),
      part('kit/web:1', 'containers/services/web/lower', [libc, grpc]),
      part('docker.io/library/odd:1', 'containers/onboot/000-odd/rootfs', [], statement(foreign)),
    );
    checkDocument(spdx);
    expect(
      spdx.packages.map(({ name, versionInfo, licenseDeclared }) => [name, versionInfo, licenseDeclared]),
    ).toEqual([
      ['kit/libs:1', `sha256:${'1'.repeat(64)}`, 'NOASSERTION'],
      ['libc6', '2.41-12', 'NOASSERTION'],
      ['kit/web:1', `sha256:${'1'.repeat(64)}`, 'NOASSERTION'],
      ['@grpc/grpc-js', '1.14.7', 'Apache-2.0'],
      ['docker.io/library/odd:1', `sha256:${'1'.repeat(64)}`, 'NOASSERTION'],
      ['musl', '1.2', 'MIT AND LicenseRef-2-0-odd'],
    ]);
    expect(spdx.packages.at(-1)?.packageFileName).toBe('containers/onboot/000-odd/rootfs/lib/apk');
    expect(spdx.files?.map(({ fileName }) => fileName)).toEqual([
      'containers/onboot/000-odd/rootfs/lib/ld-musl.so',
    ]);
    expect(spdx.hasExtractedLicensingInfos).toEqual([
      { licenseId: 'LicenseRef-2-0-odd', extractedText: 'odd' },
    ]);
  });

  test('of an image without contents, or of no image, is a document as well', async () => {
    checkDocument(await document(part('x', '', [])));
    expect(await document()).toMatchObject({ packages: [], relationships: [] });
  });

  test('identifiers of two images do not collide', async () => {
    const spdx = await document(
      part('a', 'a', [], statement(foreign)),
      part('b', 'b', [], statement(foreign)),
    );
    checkDocument(spdx);
    expect(spdx.files?.map(({ fileName }) => fileName)).toEqual(['a/lib/ld-musl.so', 'b/lib/ld-musl.so']);
  });

  test('has a namespace derived from its content', async () => {
    const [one, again, other] = await Promise.all(
      [[libc], [libc], [grpc]].map((contents) => sbomText([part('x', '', contents)], created)),
    );
    expect(again).toBe(one);
    expect(JSON.parse(other ?? '').documentNamespace).not.toBe(JSON.parse(one ?? '').documentNamespace);
  });
});

test.each<[string, unknown, string]>([
  ['no JSON', '{', 'Cannot read the bill of materials of image "x": '],
  ['no statement', '[]', 'it holds no document of SPDX 2'],
  ['SPDX 3', statement({ spdxVersion: 'SPDX-3.0' }), 'it holds no document of SPDX 2'],
  ['a list that is none', statement({ ...foreign, packages: {} }), '"packages" is not a list'],
])('a statement that is %s is an error with a way out', async (_title, text, message) => {
  await expect(document(part('x', '', [], text))).rejects.toThrow(message);
});

test('any annotation or statement is read or refused with one error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), fc.json(), async (contents, predicate) => {
      const statements = [statement({ ...foreign, ...spread(predicate) })];
      try {
        await document(part('x', '', contents, ...statements));
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(KitError);
      }
    }),
    { numRuns: 300 },
  );
});

const spread = (json: string): object => {
  const value: unknown = JSON.parse(json);
  return typeof value === 'object' && value !== null ? value : { packages: value };
};
