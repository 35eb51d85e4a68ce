import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ResolvedImage } from '../../build/cache/stored-image.ts';
import type { Progress } from '../../build/host/progress.ts';
import { assemble } from '../../build/image/assemble.ts';
import type { BootImage } from '../../build/image/plan/boot-image.ts';
import { createdTime } from '../../build/image/plan/created.ts';
import { planImage } from '../../build/image/plan/image-plan.ts';
import type { ImageOf } from '../../build/images/manifest-images.ts';
import { parseManifest } from '../../build/manifest/parse.ts';
import { readAll } from '../../build/pieces/read-pieces.ts';
import { testWork } from '../../build/testing.ts';
import { bodyBytes, readTar, type TarEntry, tarBytes, tarEntry, textEntry } from '../../lib/archive/tar.ts';
import { configLabel, type ImageConfig, layoutLabel } from '../../lib/oci/types.ts';
import { imageOf } from './fake-images.ts';

const root = mkdtempSync(join(tmpdir(), 'kit-flat-'));
afterAll(() => rmSync(root, { recursive: true }));

const folder = (path: string, mode = 0o755): TarEntry =>
  tarEntry({ path, type: 'directory', mode, mtime: 5 });
const file = (path: string, text = path, part: Partial<TarEntry> = {}): TarEntry => ({
  ...textEntry(path, text),
  mtime: 7,
  ...part,
});
const hard = (path: string, linkname: string): TarEntry =>
  tarEntry({ path, type: 'hardlink', linkname, mtime: 7 });
const soft = (path: string, linkname: string): TarEntry =>
  tarEntry({ path, type: 'symlink', linkname, mtime: 7 });

const capability = Buffer.from([1, 0, 0, 2, 0xff, 0, 0x0a, 0x3d]);

async function archived(entries: TarEntry[]): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(tarBytes(entries)));
}

const images = new Map<string, ResolvedImage>();

beforeAll(async () => {
  const dir = join(root, 'images');
  mkdirSync(dir);
  const add = async (name: string, config: ImageConfig['config'], ...layers: TarEntry[][]): Promise<void> => {
    images.set(name, await imageOf(dir, name, config, layers));
  };
  const modules = await archived([
    folder('boot', 0o700),
    file('boot/System.map'),
    ...['lib', 'lib/modules', 'lib/modules/6.0'].map((path) => folder(path)),
    file('lib/modules/6.0/x.ko'),
  ]);
  await add('org/kernel:6', {}, [
    file('kernel', 'KERNEL', { mode: 0o600 }),
    file('kernel-dev.tar'),
    tarEntry({ path: 'kernel.tar', size: modules.length, body: [modules] }),
    file('ucode.cpio', 'UCODE'),
  ]);
  await add(
    'org/init:1',
    {},
    [
      folder('etc', 0o700),
      file('etc/hosts', 'mine', { mode: 0o600, uid: 3 }),
      file('etc/resolv.conf', 'mine'),
    ],
    [
      folder('bin'),
      file('bin/sh', 'SHELL', { mode: 0o4755, uid: 1, gid: 2 }),
      file('init', 'INIT', { mode: 0o755 }),
    ],
    [
      ...['lib', 'lib/apk', 'lib/apk/db'].map((path) => folder(path)),
      file('lib/apk/db/installed', 'P:one\n'),
    ],
  );
  await add('example.org/more@sha256:'.concat('0'.repeat(64)), {}, [
    file('lib/apk/db/installed', 'P:two\n'),
    file('etc/mtab', 'own'),
  ]);
  await add(
    'web',
    {
      Entrypoint: ['/web'],
      Env: ['A=b'],
      Labels: { [configLabel]: '{"binds":["/run/x:/run/x"],"capabilities":["CAP_CHOWN"]}' },
    },
    [
      folder('', 0o711),
      ...[folder('gone'), file('gone/x'), folder('kept'), file('kept/removed'), file('kept/old')],
      ...[folder('opaque', 0o700), file('opaque/old'), folder('opaque/deep'), file('opaque/deep/x')],
      ...[file('shared', 'old content'), hard('shared-too', 'shared'), hard('shared-three', 'shared-too')],
      ...[folder('turned'), file('turned/inside'), soft('link', 'kept')],
      ...[file('.dockerenv'), file('Dockerfile'), folder('dev'), folder('dev/pts'), file('dev/pts/0')],
      ...[tarEntry({ path: 'dev/console', type: 'char', devmajor: 5, devminor: 1 }), folder('etc', 0o711)],
      ...[file('etc/hostname'), soft('etc/hosts', '/elsewhere'), hard('etc/hosts-too', 'etc/hosts')],
    ],
    [
      ...[file('.wh.gone', ''), folder('kept', 0o750), file('kept/.wh.removed', ''), file('kept/new')],
      ...[folder('opaque', 0o755), file('opaque/new'), file('opaque/.wh..wh..opq', '')],
      file('shared', 'new content'),
      file('turned', 'a file now'),
      {
        ...file('web', 'WEB', { mode: 0o755 }),
        pax: new Map([['SCHILY.xattr.security.capability', capability]]),
      },
      hard('web-too', 'web'),
      tarEntry({ path: 'null', type: 'char', mode: 0o666, devmajor: 1, devminor: 3, mtime: 7 }),
      tarEntry({ path: 'disk', type: 'block', mode: 0o660, gid: 6, devmajor: 8, devminor: 0, mtime: 7 }),
      tarEntry({ path: 'pipe', type: 'fifo', mode: 0o600, mtime: 7 }),
    ],
  );
  await add('merged', {}, [
    ...['usr', 'usr/lib'].map((path) => folder(path)),
    ...[file('usr/lib/libc.so'), soft('lib', 'usr/lib')],
  ]);
  await add('kit-init', { Labels: { [layoutLabel]: 'layered' } }, [file('init')]);
});

const manifestText = `
kernel: {image: "org/kernel:6", cmdline: console=ttyS0, ucode: ucode.cpio}
init: ["org/init:1", "example.org/more@sha256:${'0'.repeat(64)}"]
volumes:
  - {name: blank}
  - {name: filled, image: web, readonly: true}
onboot:
  - {name: first, image: web, net: /run/netns/x, runtime: {mkdir: [/run/x]}}
  - {name: second, image: web, readonly: true, binds.add: ["filled:/v:ro"]}
onshutdown: [{name: last, image: "org/init:1", command: [/bin/sh], readonly: true}]
services:
  - name: web
    image: web
    runtime: {mounts: [{type: tmpfs, source: tmpfs, destination: /tmp/x}], namespace: n}
files:
  - {path: etc/deep/secret, contents: hush, mode: "4640", uid: web, gid: 9}
  - {path: /etc/link, symlink: deep/secret}
  - {path: srv, directory: true}
  - {path: etc/deep/manifest, metadata: json}
`;

async function built(text: string, line: (text: string) => void = () => {}): Promise<BootImage> {
  const manifest = parseManifest(text, 'x.yml', root);
  const find: ImageOf = ({ value: { text: name } }) => {
    const image = images.get(name);
    if (!image) throw new Error(`no image ${name}`);
    return image;
  };
  const progress: Progress = { task: (_title, work) => work(() => {}), line };
  const plan = planImage(manifest, find, { cwd: root, sbom: false, trustLabels: true }, {});
  return assemble(plan, testWork({ cacheDir: join(root, 'cache'), arch: 'amd64', progress }));
}

/** The tree as read from its tar, contents included. */
async function entriesOf(image: BootImage): Promise<(TarEntry & { content: Buffer })[]> {
  const found = [];
  for await (const entry of readTar(tarBytes(image.tree()), 'tree')) {
    found.push({ ...entry, content: await bodyBytes(entry) });
  }
  return found;
}

const letters = { file: '-', directory: 'd', symlink: 'l', hardlink: 'h', char: 'c', block: 'b', fifo: 'p' };

function line(entry: TarEntry & { content: Buffer }): string {
  const { type, mode, uid, gid, mtime, path, linkname, devmajor, devminor, pax, content } = entry;
  const records = [...pax].map(([key, value]) =>
    key.startsWith('LINUXKIT.') ? `${key.slice(9)}=${value}` : `${key}=${Buffer.from(value).toString('hex')}`,
  );
  const shown = content.length <= 20 ? JSON.stringify(content.toString()) : `${content.length} bytes`;
  const what =
    type === 'file'
      ? shown
      : linkname !== ''
        ? `-> ${linkname}`
        : devmajor > 0
          ? `${devmajor}:${devminor}`
          : '';
  const time = mtime === createdTime ? 'created' : mtime;
  const head = `${letters[type]} ${mode.toString(8).padStart(4, '0')} ${uid}:${gid} ${time}`;
  return [head, path, what, records.join(' ')].filter((part) => part !== '').join('  ');
}

test("the tree is LinuxKit's, entry by entry, in LinuxKit's order", async () => {
  const entries = await entriesOf(await built(manifestText));
  await expect(`${entries.map(line).join('\n')}\n`).toMatchFileSnapshot('testdata/flat-tree.txt');
});

/** The last entry of a path wins. */
async function json(image: BootImage, path: string): Promise<unknown> {
  const found = (await entriesOf(image)).findLast((entry) => entry.path === path);
  return JSON.parse(found?.content.toString() ?? 'null');
}

test('a metadata file has expanded references, except those of volumes', async () => {
  expect(await json(await built(manifestText), 'etc/deep/manifest')).toMatchObject({
    kernel: { image: 'docker.io/org/kernel:6' },
    init: ['docker.io/org/init:1', `example.org/more@sha256:${'0'.repeat(64)}`],
    onboot: [{ image: 'docker.io/library/web' }, { image: 'docker.io/library/web' }],
    volumes: [{ name: 'blank' }, { image: 'web' }],
  });
});

const mounts = {
  '/dev': ['tmpfs', 'nosuid', 'strictatime', 'mode=755', 'size=65536k'],
  '/dev/pts': ['devpts', 'nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620'],
  '/proc': ['proc', 'nosuid', 'nodev', 'noexec', 'relatime'],
  '/sys': ['sysfs', 'nosuid', 'noexec', 'nodev'],
  '/sys/fs/cgroup': ['cgroup', 'nosuid', 'noexec', 'nodev', 'relatime', 'ro'],
};

describe('bundles are those of LinuxKit', () => {
  const noNamespaces = { cgroup: '', ipc: '', mnt: '', net: '', pid: '', user: '', uts: '' };

  test('a container with a writable root', async () => {
    const image = await built(manifestText);
    const standard = Object.entries(mounts).map(([destination, [type, ...options]]) => {
      return { destination, type, source: type, options };
    });
    expect(await json(image, 'containers/onboot/000-first/config.json')).toEqual({
      ociVersion: '1.2.1',
      process: {
        user: { uid: 0, gid: 0 },
        args: ['/web'],
        env: ['A=b'],
        cwd: '/',
        capabilities: Object.fromEntries(
          ['bounding', 'effective', 'inheritable', 'permitted'].map((set) => [set, ['CAP_CHOWN']]),
        ),
      },
      root: { path: 'rootfs' },
      mounts: [
        ...standard.slice(0, 3),
        { destination: '/run/x', type: 'bind', source: '/run/x', options: ['rw', 'rbind', 'rshared'] },
        ...standard.slice(3),
      ],
      linux: {
        resources: {},
        namespaces: [{ type: 'network', path: '/run/netns/x' }, { type: 'pid' }, { type: 'mount' }],
      },
    });
    const own = '/containers/onboot/000-first';
    expect(await json(image, 'containers/onboot/000-first/runtime.json')).toEqual({
      cgroups: [],
      mounts: [
        { destination: `${own}/tmp`, type: 'tmpfs', source: 'tmpfs' },
        { destination: `${own}/tmp`, options: ['remount', 'private'] },
        {
          destination: `${own}/rootfs`,
          type: 'overlay',
          source: 'overlay',
          options: [`lowerdir=${own}/lower`, `upperdir=${own}/tmp/upper`, `workdir=${own}/tmp/work`],
        },
      ],
      mkdir: ['/run/x'],
      interfaces: [],
      bindNS: noNamespaces,
      namespace: '',
    });
  });

  test('the same image read-only and in a service', async () => {
    const image = await built(manifestText);
    expect(await json(image, 'containers/onboot/001-second/runtime.json')).toMatchObject({
      mounts: [
        {
          destination: '/containers/onboot/001-second/rootfs',
          source: '/containers/onboot/000-first/lower',
          options: ['bind'],
        },
      ],
    });
    const config = await json(image, 'containers/onboot/001-second/config.json');
    expect(config).toMatchObject({ root: { path: 'rootfs', readonly: true } });
    expect(config).toHaveProperty(
      'mounts',
      expect.arrayContaining([
        {
          destination: '/v',
          type: 'bind',
          source: '/containers/volumes/filled/merged',
          options: ['ro', 'rbind'],
        },
      ]),
    );
    const own = '/containers/services/web';
    expect(await json(image, 'containers/services/web/runtime.json')).toMatchObject({
      mounts: [
        { destination: `${own}/tmp` },
        { destination: `${own}/tmp` },
        { options: ['lowerdir=/containers/onboot/000-first/lower', expect.anything(), expect.anything()] },
        { destination: '/tmp/x', type: 'tmpfs', source: 'tmpfs' },
      ],
      namespace: 'n',
    });
  });

  test('the working folder of every container is in the tree', async () => {
    const cwds = manifestText
      .replace('name: second, image: web,', 'name: second, image: web, cwd: /kept/a/b,')
      .replace('    image: web\n', '    image: web\n    cwd: /opaque\n');
    const made = (await entriesOf(await built(cwds))).filter(({ path }) => path.includes('/kept/a'));
    expect(made.map(({ path, type }) => `${type} ${path}`)).toEqual([
      'directory containers/onboot/000-first/lower/kept/a',
      'directory containers/onboot/000-first/lower/kept/a/b',
    ]);
  });

  test("for kit's init bundles have kit's keys, and read-only volumes no tmp/", async () => {
    const image = await built(
      manifestText.replace('init: ["org/init:1", ', 'init: [kit-init, "org/init:1", '),
    );
    const runtime = await json(image, 'containers/services/web/runtime.json');
    expect(runtime).toMatchObject({ kit: { restart: 'always', stopSignal: 'SIGTERM' } });
    expect(runtime).toHaveProperty('mounts.length', 3);
    const paths = (await entriesOf(image)).map(({ path }) => path);
    expect(paths).toContain('containers/volumes/blank/tmp');
    expect(paths).not.toContain('containers/volumes/filled/tmp');
  });
});

test('two walks give the same bytes; without a kernel, there is no boot/', async () => {
  const image = await built(manifestText);
  const digest = async (one: BootImage): Promise<string> => {
    const hash = createHash('sha256');
    for await (const piece of tarBytes(one.tree())) hash.update(piece);
    return hash.digest('hex');
  };
  expect(await digest(image)).toBe(await digest(image));
  const without = await built(manifestText.replace('image: "org/kernel:6", ', ''));
  expect((await entriesOf(without)).filter(({ path }) => path.startsWith('boot'))).toEqual([]);
  expect(() => without.kernel).toThrow('Cannot build an image that boots: the manifest names no kernel');
});

test('a folder of one image does not replace a link of another', async () => {
  const linked = manifestText
    .replace('init: [', 'init: [merged, ')
    .replace('- {path: srv, directory: true}', '- {path: lib/x, contents: y}');
  const entries = await entriesOf(await built(linked));
  const last = new Map(entries.map((entry) => [entry.path, entry]));
  expect(last.get('lib')).toMatchObject({ type: 'symlink', linkname: 'usr/lib' });
  for (const path of ['modules/6.0/x.ko', 'apk/db/installed', 'libc.so', 'x']) {
    expect([...last.keys()]).toContain(`usr/lib/${path}`);
    expect([...last.keys()]).not.toContain(`lib/${path}`);
  }
});

test('an initrd names the attributes that it cannot hold, and leaves out the files of boot/', async () => {
  const lines: string[] = [];
  const image = await built(manifestText, (line) => lines.push(line));
  const initrd = await readAll(await image.initrd());
  const path = 'containers/volumes/filled/lower/web';
  expect(lines).toEqual([
    `An initrd holds no extended attributes (file capabilities): those of ${path} and 1 more are lost`,
  ]);
  expect(initrd.subarray(0, 8).toString()).toBe('UCODE\0\0\0');
  const archive = gunzipSync(initrd.subarray(8)).toString('latin1');
  expect(archive).toContain('00000000boot\0');
  expect(archive).not.toContain('boot/kernel');
});

test.each([
  ['binary: vmlinuz', 'Cannot find "vmlinuz" in kernel image "org/kernel:6"'],
  ['tar: modules.tar', 'Cannot find "modules.tar" in kernel image "org/kernel:6"'],
])('refuses a kernel image without the file of the manifest: %s', async (field, message) => {
  await expect(built(manifestText.replace('ucode: ucode.cpio', field))).rejects.toThrow(message);
});
