import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseSources } from './apt-sources.ts';
import { debianMirror } from './mirror.ts';

const debian = `# a comment
Types: deb deb-src
URIs: http://mirror.example/debian/
Suites: bookworm bookworm-updates
# another one
Components: main
 contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://security.example/debian-security
Suites: bookworm-security
Components: main
`;
const disabled = 'Enabled: no\nTypes: deb\nURIs: http://off.example\nSuites: trixie\nComponents: main\n';
const other = `Types: deb
URIs: https://other.example/node
Suites: bookworm
Components: main
Signed-By: /usr/share/keyrings/other.gpg
`;

test('a deb822 file is read, including fields that continue on further lines', () => {
  expect(parseSources('debian.sources', debian)).toEqual([
    {
      uris: ['http://mirror.example/debian/'],
      suites: ['bookworm', 'bookworm-updates'],
      components: ['main', 'contrib'],
      signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg',
    },
    {
      uris: ['http://security.example/debian-security'],
      suites: ['bookworm-security'],
      components: ['main'],
      signedBy: '',
    },
  ]);
});

test('disabled entries and entries for source packages are skipped', () => {
  expect(parseSources('x.sources', disabled)).toEqual([]);
  expect(parseSources('x.list', '# deb http://a trixie main\ndeb-src http://a trixie main\n')).toEqual([]);
});

test('a one-line-style file is read, with and without options', () => {
  const text = `deb http://a.example/debian trixie main contrib # why
deb [arch=amd64 signed-by=/k.gpg] http://b.example/x stable free
`;
  expect(parseSources('sources.list', text)).toEqual([
    { uris: ['http://a.example/debian'], suites: ['trixie'], components: ['main', 'contrib'], signedBy: '' },
    { uris: ['http://b.example/x'], suites: ['stable'], components: ['free'], signedBy: '/k.gpg' },
  ]);
});

test('the parser accepts any text', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('a.list', 'a.sources'), (text, name) => {
      parseSources(name, text);
    }),
  );
});

let apt: string;
beforeAll(() => {
  apt = mkdtempSync(join(tmpdir(), 'kit-apt-'));
  mkdirSync(join(apt, 'sources.list.d'));
  writeFileSync(join(apt, 'sources.list.d', 'a-other.sources'), other);
  writeFileSync(join(apt, 'sources.list.d', 'b-off.sources'), disabled);
  writeFileSync(join(apt, 'sources.list.d', 'debian.sources.bak'), debian.replaceAll('mirror', 'backup'));
});
afterAll(() => rmSync(apt, { recursive: true }));

test('without a Debian source, the error has a hint', () => {
  const mirror = (): unknown => debianMirror({}, apt);
  expect(mirror).toThrow(`no apt source in "${apt}" is Debian's main archive`);
});

test("the mirror of Debian's main archive is chosen, not that of security updates or third parties", () => {
  writeFileSync(join(apt, 'sources.list.d', 'debian.sources'), debian);
  expect(debianMirror({}, apt).uri).toBe('http://mirror.example/debian');
});

test('KIT_DEBIAN_MIRROR takes precedence', () => {
  expect(debianMirror({ KIT_DEBIAN_MIRROR: 'http://mine.example/d/' }, apt).uri).toBe(
    'http://mine.example/d',
  );
});

test("of a mirror list, as in Debian's cloud images, the first mirror is used", () => {
  const list = join(apt, 'mirrors.list');
  writeFileSync(list, '# mirrors\nhttps://first.example/debian priority:1\nhttps://second.example/debian\n');
  expect(debianMirror({ KIT_DEBIAN_MIRROR: `mirror+file://${list}` }, apt).uri).toBe(
    'https://first.example/debian',
  );
});
