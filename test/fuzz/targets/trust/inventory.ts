import { readDatabaseText } from '../../../../build/cve/database.ts';
import { zipFiles } from '../../../../build/cve/zip.ts';
import { controlParagraphs } from '../../../../build/inventory/control-fields.ts';
import { licenceOf } from '../../../../build/inventory/copyright.ts';
import { parseStatus } from '../../../../build/inventory/dpkg.ts';
import { itemOfPurl } from '../../../../build/inventory/purl.ts';
import { readBom } from '../../../../build/inventory/read-bom.ts';
import { attempt, check, type Target, texts } from '../../target.ts';

export const billOfMaterials: Target = {
  reads: ['build/inventory/read-bom.ts#readBom', 'build/inventory/purl.ts#itemOfPurl'],
  seeds: () =>
    texts(
      '{"spdxVersion":"SPDX-2.3","name":"x","packages":[{"externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:npm/a@1"}]}]}',
      '{"bomFormat":"CycloneDX","components":[{"purl":"pkg:deb/debian/x@1?upstream=y%402&distro=debian-13"}]}',
    ),
  words: ['pkg:npm/', '%40', '?upstream=', '&distro=', '"packages"', '"components"', 'null', '@1'],
  run: (bytes) => {
    attempt(() => itemOfPurl(bytes.toString()));
    const bom = attempt(() => readBom(bytes, 'x'));
    for (const { purl } of bom?.items ?? []) check(purl.startsWith('pkg:'), 'items have a package URL');
  },
};

export const dpkgDatabase: Target = {
  reads: [
    'build/inventory/dpkg.ts#parseStatus',
    'build/inventory/control-fields.ts#controlParagraphs',
    'build/inventory/copyright.ts#licenceOf',
  ],
  seeds: () =>
    texts(
      'Package: x\nStatus: install ok installed\nVersion: 1\nSource: y (2)\n\nPackage: z\n',
      'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\nLicense: GPL-2+ or MIT, ISC\n',
    ),
  words: [
    'Package: ',
    'Status: ',
    ' installed',
    'License: ',
    'Files: *',
    '\n\n',
    '\n ',
    ' with ',
    'GPL-',
    '+',
  ],
  run: (bytes) => {
    const text = bytes.toString();
    check([...controlParagraphs(text, 10)].length <= 10, 'no more paragraphs than are asked for');
    for (const { name, version } of parseStatus(text, true, 'trixie'))
      check(name !== '' && version !== '', 'named');
    check(/^[\w.+ -]*$/.test(licenceOf(text) ?? ''), 'an expression of SPDX');
  },
};

export const advisories: Target = {
  reads: ['build/cve/database.ts#readDatabaseText', 'build/cve/zip.ts#zipFiles'],
  seeds: () =>
    texts(
      '{"openssl":{"CVE-1":{"releases":{"trixie":{"status":"resolved","fixed_version":"2","urgency":"low"}}}}}',
      '[{"id":"X","affected":[{"package":{"ecosystem":"npm","name":"a"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.0.0"}]}]}]}]',
    ),
  words: [
    '"affected"',
    '"ranges"',
    '"events"',
    '"introduced":"0"',
    '"last_affected"',
    '"versions"',
    'CVSS:3.1/AV:N',
    'PK',
  ],
  run: (bytes) => {
    attempt(() => [...zipFiles(bytes, 'x')]);
    const read = attempt(() => readDatabaseText(bytes, 'x'));
    const item = { name: 'a', version: '0.1.0', purl: 'pkg:npm/a@0.1.0' };
    const deb = { name: 'openssl', version: '1', purl: 'pkg:deb/debian/openssl@1', release: 'trixie' };
    for (const one of [item, deb]) check(Array.isArray(read?.findings(one) ?? []), 'findings');
  },
};
