import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { needsRoot } from '../../../test/support/needs.ts';
import { parseMountOptions } from './mount-options.ts';
import { isMounted, parseMountInfo } from './mountinfo.ts';

const here = import.meta.dirname;

/** Runs a module in a mount namespace of its own; returns the JSON that it prints. */
function inMountNamespace(code: string): unknown {
  const args = ['-m', process.execPath, '--disable-warning=ExperimentalWarning', '--input-type=module', '-e'];
  return JSON.parse(execFileSync('unshare', [...args, code], { encoding: 'utf8' }));
}

const prelude = `
  import { mkdtempSync, readFileSync, readdirSync, writeFileSync, mkdirSync } from 'node:fs';
  import { mount, unmount, remountReadOnly } from ${JSON.stringify(`${here}/mount.ts`)};
  import { listMounts } from ${JSON.stringify(`${here}/mountinfo.ts`)};
  const t = mkdtempSync('/tmp/kit-mount-');
  const codeOf = (act) => { try { act(); return 'ok' } catch (e) { return e.code ?? e.message } };
`;

test('options are sorted into flags, propagation and data', () => {
  expect(parseMountOptions(['ro', 'nosuid', 'size=10%', 'rshared', 'mode=755'])).toEqual({
    flags: 1 | 2,
    data: 'size=10%,mode=755',
    propagation: [(1 << 20) | (1 << 14)],
  });
  expect(parseMountOptions(['ro', 'rw', 'constructor'])).toEqual({
    flags: 0,
    data: 'constructor',
    propagation: [],
  });
});

test('mountinfo: escapes are decoded, lines of another shape are skipped', () => {
  const text = [
    '22 1 0:21 / /proc rw,nosuid shared:5 master:2 - proc proc rw',
    '40 22 8:1 / /mnt/a\\040b\\134c ro - ext4 /dev/disk\\0401 rw',
    'something else',
    '',
  ].join('\n');
  expect(parseMountInfo(text)).toEqual([
    {
      ...{ id: 22, parent: 1, target: '/proc', options: ['rw', 'nosuid'] },
      ...{ type: 'proc', source: 'proc', settings: ['rw'] },
    },
    {
      ...{ id: 40, parent: 22, target: '/mnt/a b\\c', options: ['ro'] },
      ...{ type: 'ext4', source: '/dev/disk 1', settings: ['rw'] },
    },
  ]);
});

test.each([
  ['/run/a', true],
  ['/run', false],
  ['/', false],
  // The source of a bind mount is not a mount point.
  ['/src', false],
  ['/mnt/a b\\c', true],
  ['/mnt/a\\040b\\134c', false],
])('mountinfo: %s is a mount point: %s', (target, expected) => {
  const text = [
    '22 1 0:21 /src /run/a rw - tmpfs tmpfs rw',
    '40 22 8:1 / /mnt/a\\040b\\134c ro - ext4 /dev/sda1 rw',
  ];
  expect(isMounted(target, text.join('\n'))).toBe(expected);
});

test('a tmpfs is mounted, bound read-only, moved and unmounted', needsRoot('mounts'), () => {
  const seen = inMountNamespace(`${prelude}
    mount('tmpfs', t, 'tmpfs', ['nosuid', 'size=1m', 'mode=700', 'private']);
    for (const name of ['from', 'bound', 'moved']) mkdirSync(t + '/' + name);
    mount(t + '/from', t + '/bound', '', ['bind', 'ro']);
    const write = codeOf(() => writeFileSync(t + '/bound/x', ''));
    mount(t + '/bound', t + '/moved', '', ['move']);
    const at = listMounts().filter((m) => m.target.startsWith(t)).map((m) => m.target.slice(t.length));
    unmount(t + '/moved');
    remountReadOnly(t);
    const after = codeOf(() => writeFileSync(t + '/x', ''));
    unmount(t, { lazy: true });
    console.log(JSON.stringify({ write, at, after, gone: listMounts().every((m) => m.target !== t) }));
  `);
  expect(seen).toEqual({ write: 'EROFS', at: ['', '/moved'], after: 'EROFS', gone: true });
});

test('an error names the call, the target and the errno', needsRoot('mounts'), () => {
  const seen = inMountNamespace(`${prelude}
    const message = (act) => { try { act(); return 'ok' } catch (e) { return e.message.replaceAll(t, 'T') } };
    console.log(JSON.stringify([
      message(() => mount('none', t + '/absent', 'tmpfs')),
      message(() => mount('none', t, 'nosuchfs')),
      message(() => unmount(t)),
      message(() => mount('none', t, 'overlay', ['lowerdir=' + 'x'.repeat(5000)])),
    ]));
  `);
  expect(seen).toEqual([
    'mount "T/absent": no such file or directory (ENOENT)',
    'mount "T": no such device (ENODEV)',
    'umount2 "T": invalid argument (EINVAL)',
    'Cannot mount "T": its options are 5009 bytes, the kernel takes 4095',
  ]);
});
