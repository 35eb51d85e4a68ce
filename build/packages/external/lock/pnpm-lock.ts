import { parse } from 'yaml';
import { reasonOf } from '../../../../lib/errors/errors.ts';
import { type JsonItem, parseJson, withoutUndefined } from '../../../../lib/oci/json.ts';
import {
  checkedIntegrity,
  checkedName,
  checkedVersion,
  type LockedNode,
  type LockGraph,
  lockError,
} from './graph.ts';
import { lockSizeLimit, platformsOf } from './npm-lock.ts';

/** The graph of a pnpm-lock.yaml, and what it says that each package.json asks for. */
export interface PnpmLock extends LockGraph {
  readonly requests: ReadonlyMap<string, string>;
}

/**
 * Reads a pnpm-lock.yaml of lockfileVersion 6 or 9 (pnpm/spec, lockfile). `importers` has the projects,
 * `packages` one entry for each version, and `snapshots` (in version 6 `packages` as well) one for each
 * combination of a version and its peers: `a@1.0.0(b@2.0.0)`.
 * @param importer folder of the package.json, relative to the lock file: `''`, `packages/app`
 */
export function readPnpmLock(bytes: Uint8Array, importer: string, file: string): PnpmLock {
  const root = parseYaml(bytes, file);
  const version = root.field('lockfileVersion').text();
  if (!/^[69]\.\d+$/.test(version)) {
    const why = `its lockfileVersion is ${version}, and kit reads 6 and 9`;
    throw lockError(file, why, 'pnpm install with pnpm 8 or newer writes such a file');
  }
  const format = version.startsWith('6') ? slashed : plain;
  const packages = fieldsOf(root, 'packages');
  const snapshots = format === slashed ? packages : fieldsOf(root, 'snapshots');
  const importers = root.optional('importers', (map) => map.fields());
  // Version 6 writes a project without workspaces at the top.
  const project = importers ? importers[importer === '' ? '.' : importer] : root;
  if (!project) {
    throw lockError(file, `it has no project "${importer}"`, 'run pnpm install, which writes it anew');
  }
  const keys = ['devDependencies', 'optionalDependencies', 'dependencies'];
  const asked = keys.flatMap((key) => Object.entries(fieldsOf(project, key)));
  const idOf = (alias: string, reference: string): string => format.idOf(checkedName(alias, file), reference);
  const roots = new Map(asked.map(([alias, entry]) => [alias, idOf(alias, entry.field('version').text())]));
  const requests = new Map(asked.map(([alias, entry]) => [alias, entry.field('specifier').text()]));
  const nodes = new Map<string, LockedNode>();
  for (const [id, snapshot] of Object.entries(snapshots)) {
    const key = withoutPeers(id);
    nodes.set(id, nodeOf(key, packages[format === slashed ? id : key], snapshot, { format, idOf, file }));
  }
  for (const id of roots.values()) if (isLink(id)) nodes.set(id, workspaceNode(id));
  return { roots, nodes, requests };
}

/** How a version of the format writes keys, and refers to them from a dependency's name and value. */
interface Format {
  idOf(alias: string, reference: string): string;
  /** `a@1.0.0` */
  nameAndVersion(key: string): string;
}

const isLink = (reference: string): boolean => /^(?:link|file|workspace):/.test(reference);

const plain: Format = {
  // An alias has the key of the package itself: `a: b@1.0.0`.
  idOf: (alias, reference) =>
    isLink(reference) || withoutPeers(reference).lastIndexOf('@') > 0 || reference.startsWith('@')
      ? reference
      : `${alias}@${reference}`,
  nameAndVersion: (key) => key,
};

const slashed: Format = {
  idOf: (alias, reference) =>
    isLink(reference) || reference.startsWith('/') ? reference : `/${alias}@${reference}`,
  nameAndVersion: (key) => key.replace(/^\//, ''),
};

const withoutPeers = (id: string): string => id.replace(/\(.*$/s, '');

function nodeOf(
  key: string,
  entry: JsonItem | undefined,
  snapshot: JsonItem,
  { format, idOf, file }: { format: Format; idOf: (alias: string, text: string) => string; file: string },
): LockedNode {
  const full = format.nameAndVersion(key);
  const at = full.indexOf('@', 1);
  const [name, version] = [checkedName(full.slice(0, at), file), full.slice(at + 1)];
  const ids = (field: string): Map<string, string> =>
    new Map(
      Object.entries(fieldsOf(snapshot, field)).map(([alias, value]) => [alias, idOf(alias, value.text())]),
    );
  const dependencies = ids('dependencies');
  const optional = ids('optionalDependencies');
  const resolution = entry?.field('resolution');
  const integrity = resolution?.optional('integrity', (value) => value.text());
  const tarball = resolution?.optional('tarball', (value) => value.text());
  const isRegistry = integrity !== undefined && /^\d/.test(version);
  return {
    ...{ name, dependencies, optional },
    version: isRegistry ? checkedVersion(version, name, file) : '0.0.0',
    platforms: entry && platformsOf(entry),
    ...withoutUndefined({ integrity: checkedIntegrity(integrity, name, file) }),
    ...(tarball && /^https?:/.test(tarball) ? { resolved: tarball } : {}),
    ...(isRegistry ? {} : { elsewhere: 'a folder, a git repository or an address' }),
  };
}

function workspaceNode(id: string): LockedNode {
  const none = { dependencies: new Map(), optional: new Map(), platforms: undefined };
  return { name: id, version: '0.0.0', elsewhere: 'a package of the workspace', ...none };
}

function parseYaml(bytes: Uint8Array, file: string): JsonItem {
  if (bytes.length > lockSizeLimit)
    throw lockError(file, `${bytes.length} bytes are more than ${lockSizeLimit}`);
  try {
    const value: unknown = parse(new TextDecoder().decode(bytes), {
      schema: 'failsafe',
      logLevel: 'error',
    });
    return parseJson(Buffer.from(JSON.stringify(value ?? null)), file, 2 * lockSizeLimit);
  } catch (thrown) {
    throw lockError(file, `it is no YAML: ${reasonOf(thrown).split('\n')[0]}`);
  }
}

function fieldsOf(item: JsonItem, key: string): Record<string, JsonItem> {
  return item.optional(key, (map) => map.fields()) ?? {};
}
