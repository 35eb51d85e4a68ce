import { createReadStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nameOfBytes } from '../../../lib/archive/file-names.ts';
import { readTar, writeTar } from '../../../lib/archive/tar.ts';
import { removeTree } from '../../support/needs.ts';
import { tarTools } from './tools.ts';
import { filesBelow, makeFile, makeSparse, type Row, rowsOf, type TarWorld, tarWorld } from './trees.ts';

let world: TarWorld;
let runs = 0;
beforeAll(async () => {
  world = tarWorld(await tarTools());
}, 300_000);
afterAll(() => world[Symbol.dispose]());

/** Any bytes but NUL and the slash; around 100 and 255 formats change. */
const name = fc
  .oneof(
    fc.uint8Array({ min: 1, minLength: 1, maxLength: 12 }),
    fc
      .tuple(fc.integer({ min: 1, max: 255 }), fc.constantFrom(90, 99, 100, 101, 150, 254, 255))
      .map(([byte, length]) => new Uint8Array(length).fill(byte)),
  )
  .map((bytes) => nameOfBytes(bytes.map((byte) => (byte === 0x2f ? 0x5f : byte))))
  .filter((text) => text !== '.' && text !== '..');

const file = fc.record({
  path: fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
  mode: fc.constantFrom(0o644, 0o600, 0o4755, 0o444),
  content: fc.oneof(fc.uint8Array({ maxLength: 1100 }), fc.integer({ min: 1, max: 5000 })),
  /** Where a sparse file has data. */
  parts: fc.uniqueArray(fc.nat(40), { maxLength: 30 }),
});

/** Makes what can be made: a path may have a file where another one has a folder. */
function makeTree(
  folder: string,
  files: readonly (typeof file extends fc.Arbitrary<infer T> ? T : never)[],
): void {
  mkdirSync(folder);
  for (const { path, mode, content, parts } of files) {
    try {
      if (typeof content !== 'number') makeFile(folder, path, Buffer.from(content), mode);
      else {
        makeFile(folder, path, '');
        const data = parts.sort((a, b) => a - b).map((at): [number, string] => [at * 65536, 'data']);
        makeSparse(join(folder, path), content + 41 * 65536, data, mode);
      }
    } catch {}
  }
}

const sorted = (rows: ReadonlyMap<string, Row>): [string, Row][] =>
  [...rows].sort(([a], [b]) => (a < b ? -1 : 1));

test.each<[string, string, string[]]>([
  ['GNU tar, oldgnu', 'tar', ['-S', '--format=oldgnu']],
  ['GNU tar, gnu', 'tar', ['-S', '--format=gnu']],
  ['GNU tar, posix', 'tar', ['-S', '--format=posix']],
  ['bsdtar, pax', 'bsdtar', ['--format=pax', '--read-sparse']],
])(
  '%s: any tree is read as it is, and written so that GNU tar unpacks it',
  async (_what, program, args) => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 12 }), async (files) => {
        runs += 1;
        const [folder, copy] = [join(world.folder, `tree-${runs}`), join(world.folder, `copy-${runs}`)];
        const [archive, again] = [`${folder}.tar`, `${copy}.tar`];
        makeTree(folder, files);
        await world.run(folder, program, ...args, '-cf', archive, '.');
        const wanted = sorted(filesBelow(folder));
        expect(sorted(await rowsOf(readTar(createReadStream(archive), archive)))).toEqual(wanted);
        await writeTar(again, readTar(createReadStream(archive), archive));
        mkdirSync(copy);
        // bsdtar comes back to folders whose times GNU tar has restored already.
        await world.run(copy, 'tar', '-xpf', again, '--delay-directory-restore');
        expect(sorted(filesBelow(copy))).toEqual(wanted);
        for (const made of [folder, copy, archive, again]) removeTree(made);
      }),
      // Each run takes long: a counterexample is not made smaller.
      { numRuns: 12, endOnFailure: true },
    );
  },
  300_000,
);
