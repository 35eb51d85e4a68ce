import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { KitErrors } from '../../lib/errors/errors.ts';
import { kitRoot } from '../host/paths.ts';
import { checkManifest } from '../image/plan/check.ts';
import { parseManifest } from '../manifest/parse.ts';
import { linuxkitPackages } from '../parts/linuxkit-packages.ts';
import { type MigrateOptions, type Migration, migrateManifest } from './migrate.ts';

const testdata = join(kitRoot, 'build/migrate/testdata');
const folder = mkdtempSync(join(tmpdir(), 'kit-migrate-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** As if every package of the table were there, so that the results stay the same when one comes. */
const has = (): boolean => true;

const migrate = (text: string, options: MigrateOptions = {}): Promise<Migration> =>
  migrateManifest(text, 'x.yml', folder, { has, ...options });

/** With the images, sections and options of LinuxKit's examples of these names. */
const examples = readdirSync(testdata)
  .filter((name) => name.endsWith('.yml'))
  .map((name) => ({ name, text: readFileSync(join(testdata, name), 'utf8') }));

const commentsOf = (text: string): string[] =>
  text.split('\n').flatMap((line) => /(?:^|\s)(#.*)$/.exec(line)?.[1]?.trimEnd() ?? []);

describe("LinuxKit's examples", () => {
  test('are all there', () => {
    expect(examples).toHaveLength(33);
  });

  test.each(examples)('$name', async ({ name, text }) => {
    const { text: migrated, open, diff } = await migrateManifest(text, name, folder, { has });
    await expect(migrated).toMatchFileSnapshot(join(testdata, 'kit', name));
    const notes = open.map(({ place, text, hint }) => `${place.line}: ${text}${hint ? ` (${hint})` : ''}\n`);
    await expect(notes.join('')).toMatchFileSnapshot(join(testdata, 'notes', `${name}.txt`));
    expect(patched(text, diff)).toBe(migrated);
    // Comments stay, in their order.
    const comments = commentsOf(migrated);
    expect(commentsOf(text).filter((comment) => !comments.includes(comment))).toEqual([]);
    // What is still LinuxKit's is named.
    const left = [...migrated.matchAll(/(?<!# .*)linuxkit\/[\w-]+:/g)].map(([image]) => image.slice(0, -1));
    for (const image of left) expect(notes.join('')).toContain(image.replace(/.*\/ip$/, 'wg-quick'));
  });

  test.each(examples)('$name becomes a manifest of kit, which stays as it is', async ({ name, text }) => {
    for (const disks of [false, true]) {
      const { text: migrated } = await migrateManifest(text, name, folder, { has, disks });
      const told = await refused(migrated, name);
      // Files of the reader, and packages that this kit may not have.
      expect(told.filter((one) => !/^Cannot find (?:file|package)/.test(one))).toEqual([]);
      const again = await migrateManifest(migrated, name, folder, { has, disks });
      expect([again.text, again.diff, again.changes]).toEqual([migrated, '', []]);
    }
  });

  test.each(examples)(
    'nothing in $name is refused for what kit puts around containers',
    async ({ name, text }) => {
      const failures = await refused(text, name);
      expect(failures.filter((one) => !/^Cannot find file/.test(one))).toEqual([]);
    },
  );
});

/** Why `kit build` refuses a manifest before it looks at images. */
async function refused(text: string, name: string): Promise<string[]> {
  const failures = await checkManifest(
    parseManifest(text, name, folder),
    { cwd: folder },
    { HOME: folder },
  ).then(
    () => [],
    (thrown: unknown) => (thrown instanceof KitErrors ? thrown.errors : [thrown as Error]),
  );
  return failures.map(({ message }) => message);
}

/** As patch(1) does. */
function patched(text: string, diff: string): string {
  const old = text.split(/(?<=\n)/);
  const result: string[] = [];
  let at = 0;
  for (const line of diff.split(/(?<=\n)/).slice(2)) {
    const [, start, count] = /^@@ -(\d+),(\d+) /.exec(line) ?? [];
    if (start !== undefined) {
      const first = Number(start) - (count === '0' ? 0 : 1);
      result.push(...old.slice(at, first));
      at = first;
    } else if (line.startsWith('+')) result.push(line.slice(1));
    else {
      expect(old[at]).toBe(line.slice(1));
      if (line.startsWith(' ')) result.push(line.slice(1));
      at += 1;
    }
  }
  return [...result, ...old.slice(at)].join('');
}

const once =
  '[/usr/bin/node, --disable-warning=ExperimentalWarning, /service/main.mjs, --once, --timeout, "10"]';

test.each<[string, string, string]>([
  [
    'flow lists lose and gain items',
    'init: [linuxkit/init:1, "linuxkit/memlogd:1", linuxkit/rngd:1, linuxkit/containerd:1] # all\n',
    'init: [pkg/init, pkg/containerd, pkg/supervisor] # all\n',
  ],
  ['the first of a flow list', 'init: [linuxkit/memlogd:1, pkg/init]\n', 'init: [pkg/init]\n'],
  ['all of a flow list', 'services: [{name: a, image: "linuxkit/kmsg:1"}]\n', 'services: []\n'],
  [
    'flow maps lose keys',
    'services: [{name: a, image: linuxkit/sshd:1, pid: host, capabilities: [all], after: [b]}, {name: b, image: "redis:7"}]\n',
    'services: [{name: a, image: pkg/sshd, after: [b]}, {name: b, image: "redis:7"}]\n',
  ],
  [
    'the first keys of an item go',
    'services:\n  - capabilities: [all]\n    # why\n    pid: host\n    image: linuxkit/getty:1\n    name: a\n',
    'services:\n  # why\n  - image: pkg/getty\n    name: a\n',
  ],
  [
    'a command over several lines',
    'onboot:\n- name: a\n  image: linuxkit/dhcpcd:1\n  command:\n    - /sbin/dhcpcd\n    - "-1" # once\n',
    `onboot:\n- name: a\n  image: pkg/dhcp\n  command: ${once} # once\n`,
  ],
  [
    'Windows line ends stay',
    'init:\r\n  - linuxkit/containerd:1\r\n  - linuxkit/memlogd:1 # logs\r\n',
    'init:\r\n  - pkg/containerd\r\n  - pkg/supervisor\r\n  # linuxkit/memlogd: the supervisor keeps the logs of all containers (kit logs)\r\n  # logs\r\n',
  ],
  [
    'a file without a newline at its end',
    'init:\n- linuxkit/containerd:1',
    'init:\n- pkg/containerd\n- pkg/supervisor\n',
  ],
  [
    'an image by its alias',
    'onboot: [{name: a, image: &g "linuxkit/getty:1"}]\nservices: [{name: b, image: *g}]\n',
    'onboot: [{name: a, image: &g pkg/getty}]\nservices: [{name: b, image: *g}]\n',
  ],
  [
    'settings of the kernel stay with their containers, which read the same files',
    'onboot:\n  - name: sysctl\n    image: linuxkit/sysctl:1\n    binds: ["/etc/mine.conf:/etc/sysctl.d/50-mine.conf"]\n  - {name: sysfs, image: "linuxkit/sysfs:1"}\nfiles:\n  - path: etc/mine.conf\n    contents: "vm.swappiness = 1"\n',
    'onboot:\n  - name: sysctl\n    image: pkg/sysctl\n    binds: ["/etc/mine.conf:/etc/sysctl.d/50-mine.conf"]\n  - {name: sysfs, image: pkg/sysfs}\nfiles:\n  - path: etc/mine.conf\n    contents: "vm.swappiness = 1"\n',
  ],
  [
    "node_exporter's address",
    'services:\n  - name: a\n    image: linuxkit/node_exporter:1\n    command: [/bin/node_exporter, --path.procfs=/host/proc, "--web.listen-address=:9200"]\n',
    'services:\n  - name: a\n    image: pkg/metrics\n    command: [/usr/bin/node, --disable-warning=ExperimentalWarning, /service/main.mjs, --listen, ":9200"]\n',
  ],
  [
    'nothing of LinuxKit',
    'services: [{name: a, image: "redis:7"}]\n# end\n',
    'services: [{name: a, image: "redis:7"}]\n# end\n',
  ],
  ['an empty manifest', '# nothing\n', '# nothing\n'],
])('%s', async (_title, before, after) => {
  expect((await migrate(before)).text).toBe(after);
});

test.each<[string, string, string]>([
  ['services: [{name: a, image: "linuxkit/unheard-of:1"}]', '1:22', 'kit does not know linuxkit/unheard-of'],
  ['kernel: {image: "linuxkit/kernel:5.11.4-rt"}', '1:10', 'a kernel for real time'],
  ['kernel: {image: "linuxkit/kernel:6.12.59", ucode: intel-ucode.cpio}', '1:10', 'seems to be: `ucode`'],
  [
    'kernel: {image: "linuxkit/kernel:6.12.59"}\nonboot: [{name: m, image: "linuxkit/metadata:1", command: [/m, packet]}]',
    '1:10',
    'the metadata of "packet"',
  ],
  ['kernel: {cmdline: "linuxkit.runc_debug=1"}', '1:10', '"linuxkit.runc_debug=1"'],
  ['files: [{path: /etc/init.d/020-x, contents: ""}]', '1:10', 'runs no scripts'],
  [
    'services: [{name: a, image: "redis:7", binds: ["/usr/bin/ctr:/usr/bin/ctr"]}]',
    '1:48',
    "LinuxKit's root",
  ],
  [
    'services: [{name: a, image: "redis:7", binds: ["/var/run/memlogdq.sock:/var/run/memlogdq.sock"]}]',
    '1:48',
    '"/var/run/memlogdq.sock" is in',
  ],
  [
    'onboot: [{name: a, image: "linuxkit/format:1", command: [/usr/bin/format, /dev/sdb]}]',
    '1:75',
    '"/dev/sdb"',
  ],
  ['onboot: [{name: a, image: "linuxkit/mount:1", command: [/mount.sh, /var/x]}]', '1:57', '"/mount.sh"'],
  ['onboot: [{name: a, image: "linuxkit/dhcpcd:1", command: [dhcpcd, --noarp]}]', '1:66', '"--noarp"'],
  [
    'onboot: [{name: a, image: "linuxkit/metadata:1", command: [metadata, metaldata]}]',
    '1:70',
    '"metaldata"',
  ],
  ['services: [{name: a, image: "@pkg:../pkg/getty"}]', '1:22', 'built from a folder'],
  ['onboot: [&a {name: a, image: "linuxkit/kmsg:1"}]\nservices: [*a]', '1:14', 'cannot leave out "a"'],
])('%s is named at %s', async (text, place, message) => {
  const { open } = await migrate(`${text}\n`);
  expect(open.map((one) => `${one.place.line}:${one.place.column} ${one.text}`)).toContainEqual(
    expect.stringMatching(new RegExp(`^${place} .*${message.replaceAll('.', '\\.')}`)),
  );
});

test.each([
  ['dhcpcd', '/etc/ip/dhcp.sh, "true"'],
  ['getty', '/etc/tty.sh, ttyS0'],
  ['sshd', 'sh, -c, "exec sshd -D"'],
  ['openntpd', '/usr/bin/chronyd'],
  ['metadata', '/etc/metadata.sh'],
  ['node_exporter', '/etc/export.sh'],
])('linuxkit/%s that runs a program of the manifest stays as it is', async (name, command) => {
  const text = `onboot: [{name: a, image: "linuxkit/${name}:1", command: [${command}]}]\n`;
  const { text: migrated, open } = await migrate(text);
  expect(migrated).toBe(text);
  expect(open.map(({ text }) => text)).toEqual([
    expect.stringContaining(`of "a" is not the program of linuxkit/${name}: the entry stays as it is`),
  ]);
});

test.each([
  ['[/usr/bin/timeout, -t, "35", /sbin/dhcpcd, --timeout, "30", eth0, "-1"]', '"30", --interface, eth0]'],
  ['[timeout, -s, KILL, 35s, dhcpcd, "-1"]', '"10"]'],
  ['[/sbin/tini, --, /sbin/dhcpcd, "-1"]', '"10"]'],
])('the program is behind tini and timeout: %s', async (command, end) => {
  const { text, open } = await migrate(
    `onboot: [{name: a, image: "linuxkit/dhcpcd:1", command: ${command}}]\n`,
  );
  expect(text).toContain(`--once, --timeout, ${end}`);
  expect(open).toEqual([]);
});

test('images of a mirror are those of LinuxKit', async () => {
  const { text, changes } = await migrate(
    'init: ["mirror.example:5000/some/linuxkit/init:a-armv7l"]\nservices: [{name: a, image: "mirror.example/linuxkit/own:1"}]\n',
  );
  expect(text).toBe('init: [pkg/init]\nservices: [{name: a, image: "mirror.example/linuxkit/own:1"}]\n');
  expect(changes).toHaveLength(1);
});

test('of the binds, those that no part of kit needs go, and those that kit lacks are named', async () => {
  const binds = ['/dev/vport0p1:/dev/vport0p1', '/usr/bin/ctr:/usr/bin/ctr', '/etc/motd:/etc/motd'];
  const { text, open } = await migrate(
    `services: [{name: a, image: "linuxkit/qemu-ga:1", binds: [${binds.join(', ')}]}]\n`,
  );
  expect(text).toContain(`binds.add: [${binds.slice(1).join(', ')}]`);
  expect(open).toEqual([expect.objectContaining({ text: expect.stringContaining('"/usr/bin/ctr" is in') })]);
});

test('two inits are an error with the place of the second', async () => {
  await expect(migrate('init: [pkg/init, linuxkit/init:1]\n')).rejects.toMatchObject({
    message: expect.stringContaining('Cannot have two inits, "linuxkit/init:1" beside "pkg/init": only one'),
    place: { line: 1, column: 18 },
  });
});

test('mistakes are those of every manifest', async () => {
  await expect(migrate('servises: []\n')).rejects.toMatchObject({
    message: expect.stringContaining('unknown key'),
  });
});

test("a folder beside the manifest that has the name of kit's package is named", async () => {
  mkdirSync(join(folder, 'pkg/getty'), { recursive: true });
  writeFileSync(join(folder, 'pkg/getty/build.yml'), 'image: getty\n');
  const { open } = await migrate('services: [{name: a, image: "linuxkit/getty:1"}]\n');
  rmSync(join(folder, 'pkg'), { recursive: true });
  expect(open).toEqual([expect.objectContaining({ text: expect.stringContaining('beside the manifest') })]);
});

const disk = (keys: string): string => `disks:\n  - name: data\n${keys}`;

test.each<[string, string, string]>([
  [
    'the first empty disk',
    'onboot:\n  - {name: f, image: "linuxkit/format:1"}\n  - {name: m, image: "linuxkit/mount:1", command: [/usr/bin/mountie, /var/data]}\n',
    disk(
      '    match:\n      first-empty: true\n    partition:\n      table: gpt\n    filesystem:\n      type: ext4\n    mount: /var/data\n',
    ),
  ],
  [
    'by its label, growing, with swap',
    'onboot:\n  - {name: f, image: "linuxkit/format:1", command: [/usr/bin/format, -label, L, -type, xfs, /dev/vdb]}\n  - {name: e, image: "linuxkit/extend:1"}\n  - {name: m, image: "linuxkit/mount:1", command: [/usr/bin/mountie, -label, L, /var/data]}\n  - {name: s, image: "linuxkit/swap:1", command: [/swap.sh, --path, /var/data/swap, --size, 512M]}\n',
    disk(
      '    match:\n      path: /dev/vdb\n    partition:\n      table: gpt\n    filesystem:\n      type: xfs\n      label: L\n    mount: /var/data\n    grow: true\n    swapFile: 512M\n',
    ),
  ],
  [
    'one that is there',
    'onboot:\n  - {name: m, image: "linuxkit/mount:1", command: [/usr/bin/mountie, -label, L, /var/data]}\n',
    disk('    match:\n      label: L\n    mount: /var/data\n'),
  ],
])('disks: %s', async (_title, before, disks) => {
  const { text, open } = await migrate(before, { disks: true });
  expect(text.startsWith(`${disks}onboot:\n  # `)).toBe(true);
  expect(text).not.toContain('linuxkit/');
  expect(open).toEqual([]);
  expect((await migrate(before)).text).not.toContain('disks:');
});

test.each([
  '{name: f, image: "linuxkit/format:1", command: [/usr/bin/format, -force, /dev/vda]}, {name: m, image: "linuxkit/mount:1", command: [/usr/bin/mountie, /var/x]}',
  '{name: m, image: "linuxkit/mount:1", command: [/usr/bin/mountie, /dev/mapper/a, /var/x]}',
  '{name: s, image: "linuxkit/swap:1", command: [/swap.sh, --path, /var/x/swap, --size, 1G, --encrypt]}',
])('what disks: would do otherwise stays: %s', async (entries) => {
  expect((await migrate(`onboot: [${entries}]\n`, { disks: true })).text).toMatch(
    /^onboot: \[\{name: ., image: pkg\//,
  );
});

test('packages that kit does not have are not written', async () => {
  const { text, open } = await migrate('services: [{name: a, image: "linuxkit/qemu-ga:1"}]\n', {
    has: () => false,
  });
  expect(text).toContain('linuxkit/qemu-ga:1');
  expect(open[0]?.text).toMatch(/^kit has nothing for linuxkit\/qemu-ga: /);
  expect(Object.keys(linuxkitPackages)).toHaveLength(43);
});
