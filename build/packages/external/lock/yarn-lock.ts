import { withoutUndefined } from '../../../../lib/oci/json.ts';
import {
  checkedIntegrity,
  checkedName,
  checkedVersion,
  type LockedNode,
  type LockGraph,
  lockError,
} from './graph.ts';
import { lockSizeLimit } from './npm-lock.ts';
import { parseYarnLock, type YarnEntry } from './yarn-syntax.ts';

/**
 * Reads a yarn.lock of Yarn 1. It has no list of what a project asks for, and says nothing about platforms.
 * @param requests dependencies of the project's package.json, with their ranges
 * @param resolutions of the package.json beside the lock file: they replace what packages ask for
 */
export function readYarnLock(
  bytes: Uint8Array,
  requests: ReadonlyMap<string, string>,
  resolutions: ReadonlyMap<string, string>,
  file: string,
): LockGraph {
  if (bytes.length > lockSizeLimit)
    throw lockError(file, `${bytes.length} bytes are more than ${lockSizeLimit}`);
  const text = new TextDecoder().decode(bytes);
  if (/^__metadata:/m.test(text)) {
    const why = 'that of Yarn 2 and newer has no checksums of what the registry sends';
    throw lockError(file, why, 'npm install --package-lock-only writes a package-lock.json beside it');
  }
  const entries = parseYarnLock(text, file);
  const find = (name: string, range: string): string | undefined => {
    const patterns = [`${name}@${range}`, `${name}@${resolutions.get(name) ?? range}`];
    return patterns.find((pattern) => entries.has(pattern));
  };
  const nodes = new Map<string, LockedNode>();
  for (const [pattern, entry] of entries) nodes.set(pattern, nodeOf(pattern, entry, find, file));
  // Patterns of one entry are one package.
  const idOf = canonical(entries);
  const roots = new Map<string, string>();
  for (const [name, range] of requests) {
    const found = find(name, range);
    if (found !== undefined) roots.set(name, idOf(found));
  }
  return { roots, nodes: new Map([...nodes].map(([id, node]) => [id, withIds(node, idOf)])) };
}

/** For each pattern, the first one with the same name and version. */
function canonical(entries: ReadonlyMap<string, YarnEntry>): (pattern: string) => string {
  const first = new Map<string, string>();
  for (const [pattern, { version }] of entries) {
    const key = `${nameOf(pattern)}@${version}`;
    if (!first.has(key)) first.set(key, pattern);
  }
  return (pattern) => first.get(`${nameOf(pattern)}@${entries.get(pattern)?.version}`) ?? pattern;
}

function withIds(node: LockedNode, idOf: (pattern: string) => string): LockedNode {
  const mapped = <T extends string | undefined>(map: ReadonlyMap<string, T>): Map<string, T> =>
    new Map([...map].map(([name, id]) => [name, (id === undefined ? id : idOf(id)) as T]));
  return { ...node, dependencies: mapped(node.dependencies), optional: mapped(node.optional) };
}

/** `a@^1` is `a`; `b@npm:a@^1` is `a`. */
function nameOf(pattern: string): string {
  const alias = /@npm:((?:@[^/]+\/)?[^@]+)/.exec(pattern)?.[1];
  return alias ?? pattern.slice(0, pattern.indexOf('@', 1));
}

function nodeOf(
  pattern: string,
  entry: YarnEntry,
  find: (name: string, range: string) => string | undefined,
  file: string,
): LockedNode {
  const name = checkedName(nameOf(pattern), file);
  const { resolved } = entry;
  const integrity = entry.integrity ?? sha1Of(resolved);
  const version = checkedVersion(entry.version, name, file);
  const optional = new Map(
    [...entry.optionalDependencies].map(([alias, range]) => [checkedName(alias, file), find(alias, range)]),
  );
  const dependencies = new Map<string, string>();
  for (const [alias, range] of entry.dependencies) {
    if (optional.has(alias)) continue;
    const found = find(checkedName(alias, file), range);
    if (found === undefined) {
      const why = `it has no "${alias}@${range}", which "${name}" depends on`;
      throw lockError(file, why, 'run yarn install, which writes it anew');
    }
    dependencies.set(alias, found);
  }
  return {
    ...{ name, dependencies, optional, platforms: undefined },
    version,
    ...withoutUndefined({ integrity: checkedIntegrity(integrity, name, file) }),
    ...addressOf(resolved, name, version),
  };
}

/** Old files have no `integrity`: the address ends with the SHA-1. */
function sha1Of(resolved: string | undefined): string | undefined {
  const hex = /#([0-9a-f]{40})$/.exec(resolved ?? '')?.[1];
  return hex === undefined ? undefined : `sha1-${Buffer.from(hex, 'hex').toString('base64')}`;
}

/**
 * No address where a registry has the package at its usual path: it comes from the registry that npm is
 * configured for. Yarn writes its own name for npm's registry, which npm does not know.
 */
function addressOf(
  resolved: string | undefined,
  name: string,
  version: string,
): Pick<LockedNode, 'resolved' | 'elsewhere'> {
  const address = resolved?.replace(/#.*$/, '') ?? '';
  if (!/^https?:\/\/.*\.tgz$/.test(address)) return { elsewhere: 'a file, a folder or a git repository' };
  const usualPath = `/${name}/-/${name.replace(/^.*\//, '')}-${version}.tgz`;
  return address.endsWith(usualPath) ? {} : { resolved: address };
}
