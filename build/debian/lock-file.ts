import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { codeOf, KitError } from '../../lib/errors/errors.ts';
import type { Arch } from '../work.ts';
import type { DebianSource, LockedPackage } from './source.ts';

const lockedPackage = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9+.-]+$/),
  version: z.string(),
  architecture: z.string(),
  filename: z.string().regex(/^pool\/(?!.*\.\.)/),
  size: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const lock = z.strictObject({
  suite: z.string(),
  /** What the packages were found for: a lock of another question is no answer. */
  request: z.strictObject({ packages: z.string().array(), depends: z.boolean(), keep: z.string().array() }),
  packages: z.partialRecord(z.enum(['amd64', 'arm64']), lockedPackage.array()),
});

/** Versions and checksums of the packages of one source, by architecture; lies beside the source in git. */
export type Lock = z.infer<typeof lock>;

/** The lock in `file`, or undefined when there is none, or when it was made for another list of packages. */
export async function readLock(file: string, source: DebianSource): Promise<Lock | undefined> {
  const text = await readFile(file, 'utf8').catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  });
  if (text === undefined) return undefined;
  const found = parseLock(file, text);
  return JSON.stringify(headOf(found)) === JSON.stringify(headOf(emptyLock(source))) ? found : undefined;
}

const headOf = ({ suite, request }: Lock): unknown => [
  suite,
  request.packages,
  request.depends,
  request.keep,
];

function parseLock(file: string, text: string): Lock {
  try {
    return lock.parse(JSON.parse(text));
  } catch (thrown) {
    throw new KitError(`Cannot read lock file "${file}": it is damaged`, {
      cause: thrown,
      hint: 'delete it to lock the newest versions',
    });
  }
}

/** A lock for a source of which no package was looked up yet. */
export function emptyLock(source: DebianSource): Lock {
  const { suite, depends } = source;
  return {
    suite,
    request: { packages: [...source.packages], depends, keep: [...source.keep] },
    packages: {},
  };
}

/** Writes the lock with `packages` for `arch`: one package a line, so that a change reads well in git. */
export async function writeLock(
  file: string,
  old: Lock,
  arch: Arch,
  packages: LockedPackage[],
): Promise<void> {
  const byArch = Object.entries({ ...old.packages, [arch]: packages }).sort(([a], [b]) => (a < b ? -1 : 1));
  const lists = byArch.map(([name, list]) => {
    const lines = list.map((locked) => `      ${JSON.stringify(locked)}`);
    return `    ${JSON.stringify(name)}: [\n${lines.join(',\n')}\n    ]`;
  });
  const head = `  "suite": ${JSON.stringify(old.suite)},\n  "request": ${JSON.stringify(old.request)},\n`;
  await writeFile(`${file}.new`, `{\n${head}  "packages": {\n${lists.join(',\n')}\n  }\n}\n`);
  await rename(`${file}.new`, file);
}
