import { mkdirSync, openAsBlob, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWork } from '../../../build/testing.ts';
import { toolsTree } from '../../../build/tools/tree.ts';
import { openVolume } from '../../../lib/volumes/open-volume.ts';
import type { RandomAccess } from '../../../lib/volumes/random-access.ts';
import { type Seeds, seeds, withoutIso9660 } from './seeds.ts';

let here: Seeds;
let xorriso: Seeds;
beforeAll(async () => {
  here = await seeds();
  xorriso = await seeds(() => toolsTree(testWork()));
}, 300_000);
afterAll(() => {
  here[Symbol.dispose]();
  xorriso[Symbol.dispose]();
});

async function inFile(path: string): Promise<RandomAccess> {
  const blob = await openAsBlob(path);
  return { read: async (at, count) => Buffer.from(await blob.slice(at, at + count).arrayBuffer()) };
}

/** What kit reads of files in a volume: their contents by name, and the names it lists. */
async function read(path: string, names: readonly string[]): Promise<[Record<string, string>, string[]]> {
  const volume = await openVolume(await inFile(path));
  const contents: [string, string][] = [];
  for (const name of names) contents.push([name, digest(await volume?.read(name, 1 << 20))]);
  // Not by assignment: a file may be called __proto__.
  return [Object.fromEntries(contents), (await volume?.names())?.sort() ?? []];
}

const digest = (content: Buffer | undefined): string => content?.toString('base64') ?? 'nothing';

const part = fc.stringMatching(/^[a-zA-Z0-9_üéß文-]{1,12}$/);
const name = fc.oneof(
  fc.constantFrom('user-data', 'meta-data', 'config', 'README.TXT', 'Network-Config'),
  part,
  fc.tuple(part, fc.stringMatching(/^[a-zA-Z0-9]{1,4}$/)).map(([stem, extension]) => `${stem}.${extension}`),
);
const content = fc.tuple(fc.nat(255), fc.nat(20_000)).map(([byte, size]) => Buffer.alloc(size, byte));
const files = fc.uniqueArray(fc.tuple(name, content), {
  ...{ minLength: 1, maxLength: 12 },
  // In short names "_" stands for all that the code page lacks: mtools takes such a file for the other one.
  selector: ([each]) => each.toLowerCase().replaceAll(/-|[^ -~]/g, '_'),
});

test('FAT: kit reads what mtools reads, after files came and went', { timeout: 300_000 }, async () => {
  const format = fc.constantFrom<[options: string, mib: number]>(
    ['-F 12 -s 1', 1],
    ['-F 12 -s 4', 4],
    ['-F 12 -S 2048', 4],
    ['-F 16 -s 1', 16],
    ['-F 32 -s 1', 3],
    ['-F 32 -s 2 -S 1024', 8],
  );
  const property = fc.asyncProperty(format, files, files, async ([options, mib], first, second) => {
    const image = join(here.folder, 'd.img');
    writeFileSync(image, '');
    truncateSync(image, mib << 20);
    await here.run('mkfs.fat', ...options.split(' '), 'd.img');
    const copy = async (rows: readonly (readonly [string, Buffer])[]): Promise<void> => {
      const from = here.files(Object.fromEntries(rows));
      await here.run('mcopy', '-o', '-i', 'd.img', ...rows.map(([each]) => `${from}/${each}`), '::');
    };
    await copy(first);
    // Every second one goes: what comes next is in pieces.
    for (const [each] of first.filter((_, index) => index % 2 === 0))
      await here.run('mdel', '-i', 'd.img', `::${each}`);
    await copy(second);
    const out = join(here.folder, here.files({}));
    await here.run('mcopy', '-i', 'd.img', '::*', out);
    const all = readdirSync(out);
    // A short name is in a code page that the volume does not name; no file of a seed needs one.
    const names = all.filter((each) => /^[ -~]*$/.test(each));
    const expected = Object.fromEntries(names.map((each) => [each, digest(readFileSync(join(out, each)))]));
    const [contents, listed] = await read(image, names);
    expect(contents).toEqual(expected);
    expect(listed).toHaveLength(all.length);
    expect(listed).toEqual(expect.arrayContaining(names));
  });
  await fc.assert(property, { numRuns: 15 });
});

test.each<[string, () => Seeds, string[]]>([
  ['genisoimage', () => here, ['genisoimage', '-quiet', '-input-charset', 'utf-8']],
  ['xorriso', () => xorriso, ['xorriso', '-as', 'mkisofs', '-quiet']],
])(
  'ISO 9660: kit reads what %s wrote',
  { timeout: 300_000 },
  async (_case, place, [program = '', ...args]) => {
    const format = fc.constantFrom('-R', '-J', '-R -J', '-r -iso-level 3', '-J -iso-level 2', '-r -J -pad');
    const property = fc.asyncProperty(format, files, async (options, rows) => {
      const { folder, run, files: write } = place();
      const from = write(Object.fromEntries(rows));
      mkdirSync(join(folder, from, 'folder'), { recursive: true });
      await run(program, ...args, ...options.split(' '), '-o', 'd.iso', from);
      const names = rows.map(([each]) => each);
      const [contents, listed] = await read(join(folder, 'd.iso'), names);
      expect(contents).toEqual(Object.fromEntries(rows.map(([each, bytes]) => [each, digest(bytes)])));
      expect(listed).toEqual(['folder', ...names].sort());
    });
    // Alike in the names of ISO 9660 itself.
    const alike = ['ß', '_-', '-_'].map((each, at): [string, Buffer] => [each, Buffer.alloc(at, at)]);
    const examples = ['-R', '-J'].map((options): [string, typeof alike] => [options, alike]);
    await fc.assert(property, { numRuns: 15, examples });
  },
);

test('UDF: kit reads what genisoimage wrote', { timeout: 300_000 }, async () => {
  const property = fc.asyncProperty(files, async (rows) => {
    const from = here.files(Object.fromEntries(rows));
    await here.run('genisoimage', '-quiet', '-input-charset', 'utf-8', '-udf', '-o', 'd.udf', from);
    withoutIso9660(join(here.folder, 'd.udf'));
    const names = rows.map(([each]) => each);
    const [contents, listed] = await read(join(here.folder, 'd.udf'), names);
    expect(contents).toEqual(Object.fromEntries(rows.map(([each, bytes]) => [each, digest(bytes)])));
    expect(listed).toEqual([...names].sort());
  });
  const alike = ['Key', 'key', 'KEY'].map((each, at): [string, Buffer] => [each, Buffer.alloc(at, at)]);
  await fc.assert(property, { numRuns: 15, examples: [[alike]] });
});
