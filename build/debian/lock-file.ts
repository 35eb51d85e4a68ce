import { readFile, rename, writeFile } from 'node:fs/promises';
import { codeOf, KitError, reasonOf } from '../../lib/errors/errors.ts';
import { type JsonItem, parseJson, withoutUndefined } from '../../lib/oci/json.ts';
import type { Arch } from '../host/arch.ts';
import { type DebianSource, debianSource, type LockedPackage } from './source.ts';

/** Name of the lock file beside build.yml; also of the one beside build/tools/tree.ts. */
export const debianLockFile = 'debian.lock.json';

/** Versions and hashes of the packages of one source, by architecture; kept in git beside the source. */
export interface DebianLock {
  readonly suite: string;
  /** The part of the source that the packages were resolved for; a lock with another request is not used. */
  readonly request: {
    readonly packages: readonly string[];
    /** Absent: `main` alone. */
    readonly components?: readonly string[];
    readonly depends: boolean;
    readonly keep: readonly string[];
    /** The source package; absent: none. */
    readonly source?: string;
  };
  readonly packages: { readonly [arch in Arch]?: LockedPackage[] };
}

/** The lock in `file`; undefined when there is none, or when it was made for another source. */
export async function readDebianLock(file: string, source: DebianSource): Promise<DebianLock | undefined> {
  const bytes = await readFile(file).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  });
  if (bytes === undefined) return undefined;
  const found = parseLock(file, bytes);
  return JSON.stringify(headOf(found)) === JSON.stringify(headOf(emptyDebianLock(source)))
    ? found
    : undefined;
}

/** The source that a lock file was made for, as far as the lock says. @throws KitError without one */
export async function sourceOfLock(file: string): Promise<DebianSource> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    const reason = codeOf(cause) === 'ENOENT' ? 'no such file' : reasonOf(cause);
    throw new KitError(`Cannot read lock file "${file}": ${reason}`, { cause });
  });
  const { suite, request } = parseLock(file, bytes);
  const { source, ...rest } = request;
  return debianSource({ suite, ...rest, ...(source !== undefined && { sourcePackage: source }) });
}

const headOf = ({ suite, request }: DebianLock): unknown => [
  suite,
  request.packages,
  request.components ?? [],
  request.depends,
  request.keep,
  request.source ?? '',
];

function parseLock(file: string, bytes: Uint8Array): DebianLock {
  try {
    const root = parseJson(bytes, file, sizeLimit);
    const request = root.field('request');
    return {
      suite: root.field('suite').text(),
      request: {
        packages: textsOf(request.field('packages')),
        ...withoutUndefined({ components: request.optional('components', textsOf) }),
        depends: request.field('depends').flag(),
        keep: textsOf(request.field('keep')),
        ...withoutUndefined({ source: request.optional('source', (one) => one.text()) }),
      },
      packages: packagesOf(root.field('packages')),
    };
  } catch (thrown) {
    throw new KitError(`Cannot read lock file "${file}": it is damaged`, {
      cause: thrown,
      hint: 'delete it to lock the newest versions',
    });
  }
}

const textsOf = (value: JsonItem): string[] => value.list((one) => one.text());

/** Bytes; enough for thousands of packages. */
const sizeLimit = 4 << 20;

function packagesOf(value: JsonItem): DebianLock['packages'] {
  const read = (list: JsonItem): LockedPackage[] => list.list(lockedPackage);
  return withoutUndefined({ amd64: value.optional('amd64', read), arm64: value.optional('arm64', read) });
}

/**
 * Names and paths become parts of host paths and of apt's arguments, so they are validated by Debian's rules.
 */
function lockedPackage(value: JsonItem): LockedPackage {
  const suite = value.optional('suite', (one) =>
    matching(one, /^[a-z0-9][a-z0-9.+]*-security$/, 'the name of a security suite'),
  );
  return {
    name: matching(value.field('name'), /^(?:src:)?[a-z0-9][a-z0-9+.-]+$/, 'the name of a package'),
    version: value.field('version').text(),
    architecture: value.field('architecture').text(),
    ...(suite !== undefined && { suite }),
    filename: matching(value.field('filename'), /^pool\/(?!.*\.\.)/, 'a path below pool/'),
    size: value.field('size').number(),
    sha256: matching(value.field('sha256'), /^[0-9a-f]{64}$/, '64 hex digits'),
  };
}

function matching(value: JsonItem, pattern: RegExp, wanted: string): string {
  const text = value.text();
  if (!pattern.test(text)) throw value.wrong(wanted);
  return text;
}

/** A lock for a source whose packages have not been resolved yet. */
export function emptyDebianLock(source: DebianSource): DebianLock {
  const { suite, depends, components, sourcePackage } = source;
  // Locks of the time before there were components, and of other people, stay valid.
  const named = components.join() === 'main' ? {} : { components: [...components] };
  return {
    suite,
    request: {
      ...{ packages: [...source.packages], ...named, depends, keep: [...source.keep] },
      ...(sourcePackage !== undefined && { source: sourcePackage }),
    },
    packages: {},
  };
}

/** Writes the lock with `packages` for `arch`, one package on each line for readable diffs. */
export async function writeDebianLock(
  file: string,
  old: DebianLock,
  arch: Arch,
  packages: LockedPackage[],
): Promise<void> {
  const byArch = Object.entries({ ...old.packages, [arch]: packages }).sort(([a], [b]) => (a < b ? -1 : 1));
  const lists = byArch.map(([name, list]) => {
    const lines = list.map((locked) => `      ${JSON.stringify(locked)}`);
    return `    ${JSON.stringify(name)}: [\n${lines.join(',\n')}\n    ]`;
  });
  const head = `  "suite": ${JSON.stringify(old.suite)},\n  "request": ${JSON.stringify(old.request)},\n`;
  try {
    await writeFile(`${file}.new`, `{\n${head}  "packages": {\n${lists.join(',\n')}\n  }\n}\n`);
    await rename(`${file}.new`, file);
  } catch (thrown) {
    throw notWritten(file, thrown);
  }
}

function notWritten(file: string, cause: unknown): unknown {
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'its file system is read-only',
  };
  const reason = reasons[codeOf(cause) ?? ''];
  if (reason === undefined) return cause;
  return new KitError(`Cannot update lock file "${file}": ${reason}`, {
    cause,
    hint: 'the setting debian.snapshot (KIT_DEBIAN_SNAPSHOT) names an archive that has the locked versions',
  });
}
