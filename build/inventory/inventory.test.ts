import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { kitRoot } from '../host/paths.ts';
import { sbomText } from '../image/sbom/sbom-text.ts';
import { licenceOf } from './copyright.ts';
import { cycloneText } from './cyclonedx.ts';
import { parseStatus } from './dpkg.ts';
import type { InventoryItem } from './item.ts';
import { debianPurl, itemOfPurl } from './purl.ts';
import { readBom } from './read-bom.ts';

const source = { name: 'glibc', version: '2.41-12' };
const libc: InventoryItem = {
  ...{
    name: 'libc6',
    version: '2.41-12',
    license: 'GPL-2.0-only AND LicenseRef-debian-odd',
    sha256: 'a'.repeat(64),
  },
  purl: debianPurl({ name: 'libc6', version: '2.41-12', architecture: 'amd64', source, release: 'trixie' }),
  ...{ source, release: 'trixie' },
};
const grpc: InventoryItem = {
  ...{
    name: '@grpc/grpc-js',
    version: '1.14.7',
    purl: 'pkg:npm/%40grpc/grpc-js@1.14.7',
    license: 'Apache-2.0',
  },
};
const odd: InventoryItem = { name: 'odd', version: '1', purl: 'pkg:npm/odd@1', license: 'SEE LICENSE IN x' };
const created = '2017-04-18T16:30:00Z';
const part = { name: 'kit/web:1', digest: `sha256:${'1'.repeat(64)}` as const, items: [libc, grpc, odd] };

describe('CycloneDX', () => {
  test('is valid by the official schema of 1.6', () => {
    const folder = join(kitRoot, 'node_modules/@cyclonedx/cyclonedx-library/res/schema');
    const schema = (name: string) =>
      JSON.parse(readFileSync(join(folder, `${name}.SNAPSHOT.schema.json`), 'utf8'));
    const ajv = new Ajv({ strict: false, validateFormats: false });
    for (const name of ['jsf-0.82', 'spdx', 'cryptography-defs']) {
      ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
    }
    const validate = ajv.compile(schema('bom-1.6'));
    const document = JSON.parse(cycloneText('web', [part, { ...part, name: 'other' }], created));
    validate(document);
    expect(validate.errors).toBe(null);
    expect(validate({ ...document, specVersion: '1.6', components: [{ type: 'x' }] })).toBe(false);
  });

  test('is the same for the same parts, and reads back', () => {
    const text = cycloneText('web', [part], created);
    expect(cycloneText('web', [part], created)).toBe(text);
    expect(cycloneText('web', [{ ...part, items: [libc] }], created)).not.toContain(
      JSON.parse(text).serialNumber,
    );
    const { name, items } = readBom(Buffer.from(text), 'x');
    expect(name).toBe('web');
    expect(items).toMatchObject([
      { name: 'libc6', source, release: 'trixie' },
      { name: '@grpc/grpc-js' },
      { name: 'odd' },
    ]);
  });
});

test('SPDX has the components that are given, and explains licences that it does not know', async () => {
  const config = {
    architecture: 'amd64',
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: [] },
  } as const;
  const image = { name: part.name, digest: part.digest, config, layers: [] };
  const images = ['', 'x'].map((prefix) => ({ name: part.name, prefix, image, components: part.items }));
  const document = JSON.parse(await sbomText(images, created));
  expect(
    document.hasExtractedLicensingInfos.map(({ licenseId }: { licenseId: string }) => licenseId),
  ).toEqual(['LicenseRef-debian-odd']);
  const read = readBom(Buffer.from(JSON.stringify(document)), 'x');
  expect(read.ofKit).toBe(true);
  expect(read.items).toMatchObject([
    { name: 'libc6', license: libc.license, source, release: 'trixie', sha256: libc.sha256 },
    { name: '@grpc/grpc-js', license: 'Apache-2.0' },
    { name: 'odd' },
  ]);
});

test.each([
  ['{}', 'it is no bill of materials in SPDX 2 or CycloneDX'],
  ['[]', 'expected an object'],
  ['{', 'not JSON'],
  ['{"spdxVersion":"SPDX-2.3","name":"x","packages":{}}', '"packages" is {}, expected a list'],
])('the document %s is refused', (text, message) => {
  expect(() => readBom(Buffer.from(text), 'x')).toThrow(message);
});

const format = 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n';

test.each<[string, string | undefined]>([
  [`${format}Files: *\nLicense: GPL-2+\n text\n`, 'GPL-2.0-or-later'],
  [
    `${format}Files: a\nLicense: Expat\n\nFiles: b\nLicense: LGPL-2.1 or MPL-2.0\n`,
    'LGPL-2.1-only AND MIT AND MPL-2.0',
  ],
  [`${format}Files: *\nLicense: GPL-3+ with GCC exception\n`, 'LicenseRef-debian-GPL-3-with-GCC-exception'],
  [`${format}Files: *\nLicense: constructor\n`, 'LicenseRef-debian-constructor'],
  [`${format}License: BSD-3-clause\n only explained\n`, undefined],
  ['This package is free software.\n', undefined],
  ['', undefined],
])('%j has the licences %s', (text, licence) => {
  expect(licenceOf(text)).toBe(licence);
});

test("dpkg's database has what is installed, with its source", () => {
  const text = `Package: libc6
Status: install ok installed
Architecture: amd64
Source: glibc
Version: 2.41-12

Package: gone
Status: deinstall ok config-files
Architecture: amd64
Version: 1

Package: crun
Status: install ok installed
Architecture: amd64
Version: 1.21-1+b1
Source: crun (1.21-1)
Description: x
 Version: 9
`;
  expect(
    parseStatus(text, false, 'trixie').map(({ name, version, source: from }) => [name, version, from]),
  ).toEqual([
    ['libc6', '2.41-12', { name: 'glibc', version: '2.41-12' }],
    ['crun', '1.21-1+b1', { name: 'crun', version: '1.21-1' }],
  ]);
  expect(parseStatus('Package: tzdata\nVersion: 2026a-1\n', true, 'trixie')).toMatchObject([
    { name: 'tzdata' },
  ]);
});

test.each([
  [
    'pkg:deb/debian/libssl3t64@1%3A3.5.1-1?arch=amd64&distro=debian-13&upstream=openssl',
    {
      name: 'libssl3t64',
      version: '1:3.5.1-1',
      release: '13',
      source: { name: 'openssl', version: '1:3.5.1-1' },
    },
  ],
  ['pkg:npm/%40grpc/grpc-js@1.14.7', { name: '@grpc/grpc-js', version: '1.14.7' }],
  ['pkg:npm/%zz@1', { name: '%zz' }],
])('%s is read', (purl, item) => {
  expect(itemOfPurl(purl)).toMatchObject(item);
});

test('other texts are no package URLs', () => {
  for (const text of ['', 'npm/x@1', 'pkg:npm/x', 'pkg:npm/@1']) expect(itemOfPurl(text)).toBe(undefined);
});
