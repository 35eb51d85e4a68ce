import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { debianMirror, securityMirror, snapshotMirrors } from './mirror.ts';

const debian = `Types: deb deb-src
URIs: http://mirror.example/debian/
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://security.example/debian-security
Suites: bookworm-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`;
const ubuntu = `Types: deb
URIs: http://ubuntu.example/ubuntu/
Suites: noble noble-updates noble-backports
Components: main universe restricted multiverse
Signed-By: /usr/share/keyrings/ubuntu-archive-keyring.gpg
`;
const disabled =
  'Enabled: no\nTypes: deb\nURIs: http://off.example/debian\nSuites: trixie\nComponents: main\n';
const other = `Types: deb
URIs: https://other.example/debian
Suites: bookworm
Components: main
Signed-By: /usr/share/keyrings/other.gpg
`;
const browser = 'deb [arch=amd64] https://browser.example/linux/deb/ stable main\n';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kit-mirror-'));
  mkdirSync(join(root, 'etc/apt/sources.list.d'), { recursive: true });
  writeFileSync(join(root, 'etc/apt/sources.list.d/a-other.sources'), other);
  writeFileSync(join(root, 'etc/apt/sources.list.d/b-off.sources'), disabled);
  writeFileSync(join(root, 'etc/apt/sources.list.d/c-browser.list'), browser);
  writeFileSync(join(root, 'etc/apt/sources.list.d/debian.sources.bak'), debian);
});
afterEach(() => rmSync(root, { recursive: true }));

const source = (name: string, text: string): void => writeFileSync(join(root, 'etc/apt', name), text);
const release = (id: string): void => writeFileSync(join(root, 'etc/os-release'), `NAME=x\nID=${id}\n`);
const mirror = (env: Record<string, string> = {}): string =>
  debianMirror({ KIT_CONFIG: join(root, 'config.yml'), ...env }, root).uri;

test("the mirror of Debian's main archive is chosen, not that of security updates or third parties", () => {
  source('sources.list.d/debian.sources', debian);
  expect(mirror()).toBe('http://mirror.example/debian');
});

const security = (env: Record<string, string> = {}): string | undefined =>
  securityMirror({ KIT_CONFIG: join(root, 'config.yml'), ...env }, root)?.uri;

test("security fixes come from the host's own source of them, or from beside the main mirror", () => {
  source('sources.list.d/debian.sources', debian);
  expect(security()).toBe('http://security.example/debian-security');
  source('sources.list.d/debian.sources', debian.split('\n\n')[0] ?? '');
  expect(security()).toBe('http://mirror.example/debian-security');
});

test.each([
  ['in one line', 'deb http://security.example/debian-security trixie-security main\n'],
  ['of an older release', 'deb http://security.example/debian-security buster/updates main\n'],
  [
    'with its key',
    'deb [signed-by=/k/debian-archive-keyring.pgp] http://security.example/own trixie-security main\n',
  ],
])("the host's source of security fixes is found %s", (_title, line) => {
  source('sources.list.d/debian.sources', debian.split('\n\n')[0] ?? '');
  source('sources.list', line);
  expect(security()).toMatch(/^http:\/\/security\.example\//);
});

test("Ubuntu's security suites are not Debian's", () => {
  source('sources.list', 'deb http://x.example/ubuntu noble-security main\n');
  expect(security({ KIT_DEBIAN_MIRROR: 'http://mine.example/d' })).toBe('http://mine.example/d-security');
  expect(security()).toBeUndefined();
});

test('a mirror that is set has its security archive beside it, whatever the host has', () => {
  source('sources.list.d/debian.sources', debian);
  const env = { KIT_DEBIAN_MIRROR: 'http://mine.example/debian/' };
  expect(security(env)).toBe('http://mine.example/debian-security');
  expect(security({ ...env, KIT_DEBIAN_SECURITY: 'http://other.example/s/' })).toBe('http://other.example/s');
  expect(security({ ...env, KIT_DEBIAN_SECURITY: 'none' })).toBeUndefined();
});

test.each([
  ['in one line', 'deb http://mirror.example/debian trixie main contrib\n', 'debian'],
  ['in one line, on another host', 'deb http://mirror.example/debian/ stable main\n', 'ubuntu'],
  ['at an address of its own', 'deb http://mirror.example/own trixie main\n', 'debian'],
  [
    'with its key',
    'deb [signed-by=/k/debian-archive-keyring.pgp] http://mirror.example/d sid main\n',
    'fedora',
  ],
])("a source of Debian %s is Debian's", (_title, line, id) => {
  release(id);
  source('sources.list', line);
  expect(mirror()).toMatch(/^http:\/\/mirror\.example\//);
});

test.each([
  ["Ubuntu's own", 'sources.list.d/ubuntu.sources', ubuntu],
  ["Ubuntu's own in one line", 'sources.list', 'deb http://ubuntu.example/ubuntu jammy main universe\n'],
  ['at an address of its own', 'sources.list', 'deb http://x.example/own trixie main\n'],
  ['of a browser', 'sources.list', browser],
])('a source on Ubuntu that is not of Debian is not taken: %s', (_title, name, text) => {
  release('ubuntu');
  source(name, text);
  expect(mirror).toThrow(
    'Cannot find a Debian mirror: no setting names one, and this host has no apt source of Debian',
  );
});

test('the error says what to set, and where mirrors are listed', () => {
  rmSync(join(root, 'etc'), { recursive: true });
  expect(mirror).toThrow(
    expect.objectContaining({
      hint: expect.stringMatching(
        /kit config set debian\.mirror.*KIT_DEBIAN_MIRROR.*www\.debian\.org\/mirror\/list/,
      ),
    }),
  );
});

test('the variable takes precedence over the configuration, and that over the host', () => {
  source('sources.list.d/debian.sources', debian);
  writeFileSync(join(root, 'config.yml'), 'debian: {mirror: "http://mine.example/d/"}\n');
  expect(mirror()).toBe('http://mine.example/d');
  expect(mirror({ KIT_DEBIAN_MIRROR: 'http://other.example/d//' })).toBe('http://other.example/d');
});

test('archives of old versions are a list', () => {
  const env = { KIT_DEBIAN_SNAPSHOT: 'http://a.example/1/ http://b.example/2' };
  expect(snapshotMirrors(env)).toEqual(['http://a.example/1', 'http://b.example/2']);
  writeFileSync(join(root, 'config.yml'), 'debian: {snapshot: ["http://c.example/3"]}\n');
  expect(snapshotMirrors({ KIT_CONFIG: join(root, 'config.yml') })).toEqual(['http://c.example/3']);
});

test("of a mirror list, as in Debian's cloud images, the first mirror is used", () => {
  const list = join(root, 'mirrors.list');
  writeFileSync(list, '# mirrors\nhttps://first.example/debian priority:1\nhttps://second.example/debian\n');
  expect(mirror({ KIT_DEBIAN_MIRROR: `mirror+${pathToFileURL(list)}` })).toBe('https://first.example/debian');
});
