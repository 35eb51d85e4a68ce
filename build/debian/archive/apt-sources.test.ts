import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSources } from './apt-sources.ts';

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
