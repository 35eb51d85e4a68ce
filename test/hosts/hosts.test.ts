import { afterAll, beforeAll, expect, test } from 'vitest';
import { needs, needsRoot } from '../support/needs.ts';
import { BareHost, type InHost, type TracedResult } from './bare-host.ts';
import { LocalMirror } from './mirror.ts';
import { canMakeNamespaces } from './namespaces.ts';

/*
 * Hosts that lack almost everything, and one that looks like Ubuntu. strace lists what is executed, so that a
 * program of the host cannot creep in where it happens to be there.
 */

const namespaces = needs('namespaces (unshare --user --mount)', await canMakeNamespaces());

let host: BareHost;
let mirror: LocalMirror;
let uri: string;
beforeAll(async () => {
  host = await BareHost.make();
  mirror = new LocalMirror();
  uri = await mirror.start();
}, 300_000);
afterAll(() => {
  mirror?.stop();
  host?.remove();
});

/** Programs of the host that everything may start: the shell, npm and Node, and kit's own npm packages. */
const ofHost = /^(?:\/usr)?\/bin\/sh$|^\/opt\/bin\/npm$|^\/opt\/node\/|^\/kit\/node_modules\//;
/** Programs of the image in a container, and busybox, which starts it. */
const ofImage =
  /^\.\/busybox$|^\/proc\/self\/exe$|^\/usr\/bin\/(?:busybox|containerd|containerd-shim-runc-v2|crun|node)$/;

const others = ({ executed }: TracedResult, known: readonly RegExp[]): readonly string[] =>
  executed.filter((path) => !known.some((pattern) => pattern.test(path)));

const user = (part: InHost = {}): InHost => ({
  ...part,
  uid: host.userId,
  env: { KIT_DEBIAN_MIRROR: uri, ...part.env },
});

test('with libc, sh, Node and npm alone, kit build makes an image out of an empty cache', {
  ...namespaces,
  timeout: 900_000,
}, async () => {
  const result = await host.sh(
    'npm start -- --help >&2 && sh ./kit build --dir /out examples/minimal.yml',
    user(),
  );
  expect([result.status, result.stderr]).toEqual([0, expect.any(String)]);
  expect(result.stdout).toContain('/out/minimal-initrd.img');
  expect(others(result, [ofHost])).toEqual([]);
  // A locked build needs no lists of packages, as long as Debian's mirror has the locked versions.
  const lists = mirror.requests.filter((path) => !path.startsWith('pool/'));
  if (mirror.gone.length === 0) expect(lists).toEqual([]);
  expect(mirror.requests.length).toBeGreaterThan(50);
});

test('on the same host, kit run container runs the image, its control and its end', {
  ...needsRoot('an ordinary user in a root of its own'),
  timeout: 300_000,
}, async () => {
  const script = `sh ./kit run container --detach --name t examples/minimal.yml &&
    sh ./kit exec t --host node --version && sh ./kit shutdown t`;
  const result = await host.sh(script, user());
  expect(result).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^t\nv\d+\..*\nt powered off\n$/),
  });
  expect(others(result, [ofHost, ofImage])).toEqual([]);
});

const ubuntu = {
  'etc/os-release': 'PRETTY_NAME="Ubuntu 24.04.3 LTS"\nNAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n',
  'etc/apt/sources.list.d/ubuntu.sources': `Types: deb
URIs: http://ubuntu.example/ubuntu/
Suites: noble noble-updates noble-backports
Components: main universe restricted multiverse
Signed-By: /usr/share/keyrings/ubuntu-archive-keyring.gpg
`,
  'etc/apt/sources.list.d/browser.list': 'deb [arch=amd64] https://browser.example/linux/deb/ stable main\n',
  ...Object.fromEntries(
    ['apt-get', 'apt-config', 'apt-cache', 'dpkg', 'dpkg-deb'].map((name) => [
      `opt/bin/${name}`,
      `#!/bin/sh\necho "the host's ${name} was run" >&2\nexit 1\n`,
    ]),
  ),
};

test('on Ubuntu, without a setting, the error says what to set', {
  ...namespaces,
  timeout: 300_000,
}, async () => {
  const files = ubuntu;
  const build = 'KIT_CACHE=/out/cache sh ./kit pkg build pkg/busybox';
  const result = await host.sh(build, user({ files, env: { KIT_DEBIAN_MIRROR: '' } }));
  expect(result).toMatchObject({
    status: 1,
    stderr: `error: Cannot find a Debian mirror: no setting names one, and this host has no apt source of Debian
(hint: "kit config set debian.mirror https://HOST/debian" or KIT_DEBIAN_MIRROR names one; Debian lists its mirrors at www.debian.org/mirror/list)
`,
  });
});

test("on Ubuntu, with a setting, packages are built without the host's apt and dpkg", {
  ...namespaces,
  timeout: 300_000,
}, async () => {
  const files = ubuntu;
  const build = `sh ./kit config set debian.mirror ${uri} && KIT_CACHE=/out/cache sh ./kit pkg build pkg/busybox`;
  const result = await host.sh(build, user({ files, env: { KIT_DEBIAN_MIRROR: '' } }));
  expect(result).toMatchObject({ status: 0, stdout: expect.stringMatching(/^kit\/busybox:[0-9a-f]{40} /) });
  expect(others(result, [ofHost, /^\/out\/cache\/tools\//])).toEqual([]);
});
