import { createHash } from 'node:crypto';
import { KitError } from '../../../../lib/errors/errors.ts';

/** The packages of a lock file, whichever program wrote it. */
export interface LockGraph {
  /** What the project's own package.json asks for, by the name it is imported by: keys of `nodes`. */
  readonly roots: ReadonlyMap<string, string>;
  readonly nodes: ReadonlyMap<string, LockedNode>;
}

/** One version of a package, with what the lock file has chosen for its dependencies. */
export interface LockedNode {
  /** Its own name, which an alias (`"a": "npm:b@1"`) differs from. */
  readonly name: string;
  readonly version: string;
  /** What cannot be fetched from a registry: `a package of the workspace`, `a git repository`. */
  readonly elsewhere?: string;
  /** `sha512-` and base64, of its tarball (Subresource Integrity). */
  readonly integrity?: string;
  /** Address of its tarball; npm's registry has it under its name where the lock file states none. */
  readonly resolved?: string;
  /** As in its package.json. Undefined: the lock file does not say (Yarn's). */
  readonly platforms: Platforms | undefined;
  /** By the name they are imported by. */
  readonly dependencies: ReadonlyMap<string, string>;
  /** Optional ones; undefined for those that the lock file does not have. */
  readonly optional: ReadonlyMap<string, string | undefined>;
}

/**
 * `os`, `cpu` and `libc` of a package.json: what it works on (`linux`), or not (`!win32`); empty: anything.
 */
export interface Platforms {
  readonly os: readonly string[];
  readonly cpu: readonly string[];
  readonly libc: readonly string[];
}

/** A file of a project that could not be used. `file` is its shown path. */
export function lockError(file: string, why: string, hint?: string): KitError {
  return new KitError(`Cannot use lock file "${file}": ${why}`, { hint });
}

/** npm's names, and those from before it allowed only small letters. They become parts of paths. */
const namePattern = /^(?:@[\w~-][\w.~-]*\/)?[\w~-][\w.~-]*$/;
const versionPattern = /^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/;
const integrityPattern =
  /^sha(?:512|384|256|1)-[A-Za-z0-9+/]+=*(?:\s+sha(?:512|384|256|1)-[A-Za-z0-9+/]+=*)*$/;

/**
 * @throws KitError for text that is no name of a package: it comes from a file that anybody may have written
 */
export function checkedName(name: string, file: string): string {
  if (namePattern.test(name) && name.length <= 214 && name !== 'node_modules') return name;
  throw lockError(file, `"${name}" is no name of a package`);
}

export function checkedVersion(version: string, name: string, file: string): string {
  if (versionPattern.test(version) && version.length <= 256) return version;
  throw lockError(file, `"${version}" is no version of "${name}"`);
}

export function checkedIntegrity(integrity: string | undefined, name: string, file: string) {
  if (integrity === undefined || integrityPattern.test(integrity)) return integrity;
  throw lockError(file, `"${integrity.slice(0, 80)}" is no checksum of "${name}"`);
}

/** Digest of any plain data, for keys of the cache. */
export function digestOf(data: unknown): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex');
}
