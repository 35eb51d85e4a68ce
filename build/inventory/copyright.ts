import { controlParagraphs } from './control-fields.ts';

/** SPDX identifiers of licences that Debian's copyright files name otherwise (copyright-format 1.0, 7.1). */
const spdx: Readonly<Record<string, string>> = {
  apache: 'Apache-2.0',
  'apache-2': 'Apache-2.0',
  'apache-2.0': 'Apache-2.0',
  artistic: 'Artistic-1.0-Perl',
  'artistic-2.0': 'Artistic-2.0',
  'bsd-2-clause': 'BSD-2-Clause',
  'bsd-3-clause': 'BSD-3-Clause',
  'bsd-4-clause': 'BSD-4-Clause',
  'bsd-2': 'BSD-2-Clause',
  'bsd-3': 'BSD-3-Clause',
  'bsl-1.0': 'BSL-1.0',
  'cc0-1.0': 'CC0-1.0',
  cc0: 'CC0-1.0',
  curl: 'curl',
  expat: 'MIT',
  isc: 'ISC',
  mit: 'MIT',
  'mpl-1.1': 'MPL-1.1',
  'mpl-2.0': 'MPL-2.0',
  openssl: 'OpenSSL',
  'python-2.0': 'Python-2.0',
  unlicense: 'Unlicense',
  zlib: 'Zlib',
  '0bsd': '0BSD',
};

/** Bytes; the longest of Debian have a few hundred kB. */
export const copyrightLimit = 4 << 20;

/**
 * The licences that a machine-readable copyright file of Debian names (copyright-format 1.0), as an SPDX
 * expression: all of them hold, for one file or another. What SPDX has no identifier for becomes a
 * `LicenseRef-`. Undefined for a file that is only prose.
 */
export function licenceOf(text: string): string | undefined {
  if (!/^Format:\s*\S*copyright-format/im.test(text.slice(0, 2000))) return undefined;
  const names = new Set<string>();
  for (const fields of controlParagraphs(text, 5000)) {
    const [first = ''] = (fields.get('license') ?? '').split('\n');
    // A paragraph without files only explains a licence that others name.
    if (first === '' || !(fields.has('files') || fields.has('format'))) continue;
    for (const name of first.split(/\s*,?\s+(?:and|or)\s+|\s*,\s*/i))
      if (name !== '') names.add(identifier(name));
  }
  const sorted = [...names].toSorted().slice(0, 100);
  return sorted.length > 0 ? sorted.join(' AND ') : undefined;
}

/** `GPL-2.0-or-later` for `GPL-2+`. */
function identifier(name: string): string {
  const [plain = '', exception] = name.toLowerCase().split(/\s+with\s+/);
  const [, family, version = '', later] = /^(a?gpl|lgpl|gfdl)-?v?(\d(?:\.\d)?)?(\+)?$/.exec(plain) ?? [];
  if (family !== undefined && version !== '' && exception === undefined) {
    const full = version.includes('.') ? version : `${version}.0`;
    const number = family === 'gfdl' ? version.padEnd(3, '.1').replace(/^(\d)\.1$/, '$1.1') : full;
    return `${family.toUpperCase()}-${number}-${later ? 'or-later' : 'only'}`;
  }
  const known = Object.hasOwn(spdx, plain) && exception === undefined ? spdx[plain] : undefined;
  return known ?? `LicenseRef-debian-${name.replace(/[^A-Za-z0-9.-]+/g, '-').slice(0, 80)}`;
}
