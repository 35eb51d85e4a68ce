import { expect, test } from 'vitest';
import { KitError, KitErrors } from '../../../lib/errors/errors.ts';
import { parseTables } from '../../packages/debian/modules.ts';
import { changeModules } from './change-modules.ts';

const tables = parseTables({
  dep: `kernel/fs/erofs/erofs.ko.xz: kernel/fs/netfs/netfs.ko.xz
kernel/fs/netfs/netfs.ko.xz:
kernel/drivers/block/loop.ko.xz:
kernel/fs/btrfs/btrfs.ko.xz: kernel/lib/raid6/raid6_pq.ko.xz
kernel/lib/raid6/raid6_pq.ko.xz:
kernel/crypto/xxhash_generic.ko.xz:
kernel/drivers/net/ethernet/intel/e1000/e1000.ko.xz:
kernel/drivers/net/dummy.ko.xz:
`,
  builtin: 'kernel/drivers/nvme/host/nvme.ko\n',
  softdep: 'softdep btrfs pre: xxhash_generic blake2b\n',
  alias: '',
});
const named = [
  'kernel/drivers/block/loop.ko.xz',
  'kernel/fs/erofs/erofs.ko.xz',
  'kernel/drivers/net/dummy.ko.xz',
];

function change(words: readonly string[], always: readonly string[] = []): [string[], readonly string[]] {
  const listed = words.map((text) =>
    text.endsWith('?') ? { text: text.slice(0, -1), mentioned: true } : { text },
  );
  const { paths, notes } = changeModules({ image: 'kit/kernel', named, words: listed, always }, tables);
  return [paths.map((path) => path.replace(/^.*\/|\.ko\.xz$/g, '')), notes];
}

test('what a kernel can do without is included where it is, without a word', () => {
  const words = ['e1000', 'nvme', '9p'].map((text) => ({ text, mentioned: true, unspoken: true }));
  const { paths, notes } = changeModules({ image: 'kit/kernel', named: [], words, always: [] }, tables);
  expect([paths, notes]).toEqual([['kernel/drivers/net/ethernet/intel/e1000/e1000.ko.xz'], []]);
});

test.each<[string, string[], string[], string[]]>([
  ['nothing', [], ['loop', 'dummy', 'erofs', 'netfs'], []],
  ['a module more', ['e1000'], ['loop', 'dummy', 'e1000', 'erofs', 'netfs'], []],
  ['one that is there', ['dummy', 'netfs'], ['loop', 'dummy', 'erofs', 'netfs'], []],
  ['a module less', ['-dummy'], ['loop', 'erofs', 'netfs'], []],
  ['a list in place of the own', ['-*', 'e1000'], ['e1000'], []],
  ['the last word wins', ['e1000', '-e1*', '-d*', 'dummy'], ['loop', 'dummy', 'erofs', 'netfs'], []],
  [
    'what it needs, and what it asks for',
    ['-*', 'btrfs'],
    ['xxhash_generic', 'btrfs', 'raid6_pq'],
    ['"btrfs" needs raid6_pq', '"btrfs" asks for xxhash_generic while it works: included'],
  ],
  ['a module of the kernel itself', ['-*', 'nvme'], [], ['"nvme" is built into the kernel']],
  [
    'one that another needs stays',
    ['-netfs'],
    ['loop', 'dummy', 'erofs', 'netfs'],
    ['"netfs" stays: "erofs" needs it'],
  ],
  [
    'mentioned elsewhere: included, built in, or not in this kernel',
    ['e1000?', 'nvme?', '9p?'],
    ['loop', 'dummy', 'e1000', 'erofs', 'netfs'],
    [
      '"e1000" is included: a command or mount names it',
      '"9p" is in a command or mount, and not in "kit/kernel"',
    ],
  ],
])('%s', (_title, words, modules, notes) => {
  expect(change(words)).toEqual([modules, notes]);
});

test("what kit's init needs stays, and an explicit wish to leave it out is answered", () => {
  expect(change(['-*', 'dummy'], ['loop', 'erofs'])).toEqual([['loop', 'dummy', 'erofs', 'netfs'], []]);
  expect(change(['-loop'], ['loop'])).toEqual([
    ['loop', 'dummy', 'erofs', 'netfs'],
    ['"loop" stays: kit\'s init needs it'],
  ]);
});

test('all mistakes are reported at once, each with its place', () => {
  const place = { file: 'x.yml', line: 3, column: 5 };
  const words = ['e1001', '-btrfs', '-nvme', 'dummy'].map((text) => ({ text, place }));
  const errors = (() => {
    try {
      changeModules({ image: 'kit/kernel', named, words, always: [] }, tables);
    } catch (thrown) {
      return thrown instanceof KitErrors ? thrown.errors : [];
    }
    return [];
  })();
  expect(errors.map(({ message }) => message)).toEqual([
    'Cannot find kernel module "e1001" in "kit/kernel" (did you mean "e1000"?)',
    'Cannot leave out kernel module "btrfs": it is not in the list of "kit/kernel"',
    'Cannot leave out kernel module "nvme": it is built into the kernel',
  ]);
  expect(errors.every((error) => error instanceof KitError && error.place === place)).toBe(true);
});
