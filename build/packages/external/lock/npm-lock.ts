import { type JsonItem, parseJson, withoutUndefined } from '../../../../lib/oci/json.ts';
import {
  checkedIntegrity,
  checkedName,
  checkedVersion,
  type LockedNode,
  type LockGraph,
  lockError,
  type Platforms,
} from './graph.ts';

/** Bytes; the largest lock files of real projects have a tenth of it. */
export const lockSizeLimit = 64 << 20;

/**
 * Reads a package-lock.json or npm-shrinkwrap.json of lockfileVersion 2 or 3 (docs.npmjs.com,
 * package-lock.json). Its `packages` has an entry for each folder: `""` is the project, `packages/app` a
 * workspace, `node_modules/a/node_modules/b` a package. A dependency is found as Node finds it: in the
 * `node_modules` of the folder, else of the folders above.
 * @param importer folder of the package.json, relative to the lock file: `''`, `packages/app`
 * @param file shown path of the lock file
 */
export function readNpmLock(bytes: Uint8Array, importer: string, file: string): LockGraph {
  const root = parseJson(bytes, file, lockSizeLimit);
  const version = root.optional('lockfileVersion', (value) => value.number()) ?? 1;
  if (version !== 2 && version !== 3) {
    const why = `its lockfileVersion is ${version}, and kit reads 2 and 3`;
    throw lockError(file, why, 'npm install --package-lock-only with npm 7 or newer writes such a file');
  }
  const entries = new Map(Object.entries(root.field('packages').fields()));
  const project = entries.get(importer);
  if (!project) {
    throw lockError(file, `it has no package "${importer}"`, 'run npm install, which writes it anew');
  }
  const find = (from: string, name: string): string | undefined => foundFrom(entries, from, name);
  const asked = ['dependencies', 'optionalDependencies', 'devDependencies'].flatMap((key) =>
    namesIn(project, key),
  );
  const roots = new Map(
    asked.flatMap((name) => {
      const found = find(importer, name);
      return found === undefined ? [] : [[name, found] as const];
    }),
  );
  // Read when they are reached: a lock file has thousands of entries, and few packages are external.
  const nodes = new LazyNodes(entries, (location, entry) => nodeOf(location, entry, entries, file));
  return { roots, nodes };
}

/** What the lock file says the package.json asks for: dependencies of all kinds, with their ranges. */
export function npmRequests(bytes: Uint8Array, importer: string, file: string): ReadonlyMap<string, string> {
  const project = parseJson(bytes, file, lockSizeLimit).field('packages').fields()[importer];
  const keys = ['devDependencies', 'optionalDependencies', 'dependencies'];
  return new Map(keys.flatMap((key) => Object.entries(project?.optional(key, (map) => map.texts()) ?? {})));
}

type Entries = ReadonlyMap<string, JsonItem>;

/** A map whose values are made when they are asked for. */
class LazyNodes extends Map<string, LockedNode> {
  readonly #entries: Entries;
  readonly #make: (location: string, entry: JsonItem) => LockedNode;

  constructor(entries: Entries, make: (location: string, entry: JsonItem) => LockedNode) {
    super();
    this.#entries = entries;
    this.#make = make;
  }

  override get(location: string): LockedNode | undefined {
    const entry = this.#entries.get(location);
    const known = super.get(location) ?? (entry && this.#make(location, entry));
    if (known) this.set(location, known);
    return known;
  }
}

function nodeOf(location: string, entry: JsonItem, entries: Entries, file: string): LockedNode {
  const folderName = location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const name = checkedName(textIn(entry, 'name') ?? folderName, file);
  const flag = (key: string): boolean => entry.optional(key, (value) => value.flag()) ?? false;
  if (flag('link') || !location.includes('node_modules/')) {
    const none = { dependencies: new Map(), optional: new Map(), platforms: undefined };
    return { name, version: '0.0.0', elsewhere: 'a package of the workspace', ...none };
  }
  const resolved = textIn(entry, 'resolved');
  const integrity = checkedIntegrity(textIn(entry, 'integrity'), name, file);
  return {
    name,
    version: checkedVersion(entry.field('version').text(), name, file),
    platforms: platformsOf(entry),
    ...dependenciesOf(location, entry, entries, file),
    ...withoutUndefined({ integrity, elsewhere: elsewhere(resolved) }),
    ...(resolved && /^https?:/.test(resolved) ? { resolved } : {}),
  };
}

function elsewhere(resolved: string | undefined): string | undefined {
  if (resolved === undefined || /^https?:/.test(resolved)) return undefined;
  return resolved.startsWith('git') ? 'a git repository' : 'a file of this machine';
}

/** Those that come inside the tarball of the package (`bundleDependencies`) are left out. */
function dependenciesOf(
  location: string,
  entry: JsonItem,
  entries: Entries,
  file: string,
): Pick<LockedNode, 'dependencies' | 'optional'> {
  const optionalNames = new Set(namesIn(entry, 'optionalDependencies'));
  const optionalPeers = new Set(
    Object.entries(entry.optional('peerDependenciesMeta', (meta) => meta.fields()) ?? {})
      .filter(([, meta]) => meta.optional('optional', (value) => value.flag()) ?? false)
      .map(([name]) => name),
  );
  const isBundled = (found: string): boolean => isSet(entries.get(found), 'inBundle');
  const dependencies = new Map<string, string>();
  for (const name of namesIn(entry, 'dependencies')) {
    if (optionalNames.has(name)) continue;
    const found = foundFrom(entries, location, checkedName(name, file));
    if (found === undefined) {
      const why = `it has no "${name}", which "${location}" depends on`;
      throw lockError(file, why, 'run npm install, which writes it anew');
    }
    if (!isBundled(found)) dependencies.set(name, found);
  }
  for (const name of namesIn(entry, 'peerDependencies')) {
    const found = foundFrom(entries, location, checkedName(name, file));
    // npm installs no optional peer by itself; one that the project has for development is not there later.
    const isLeftOut = optionalPeers.has(name) && isSet(entries.get(found ?? ''), 'dev');
    if (found !== undefined && !isLeftOut && !isBundled(found)) dependencies.set(name, found);
  }
  const optional = new Map<string, string | undefined>();
  for (const name of optionalNames) {
    const found = foundFrom(entries, location, checkedName(name, file));
    if (found === undefined || !isBundled(found)) optional.set(name, found);
  }
  return { dependencies, optional };
}

/** The entry that `require(name)` in the folder `from` finds. */
function foundFrom(entries: Entries, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = parentOf(folder)) {
    const location = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (entries.has(location)) return location;
    if (folder === '') return undefined;
  }
}

/** The folder above, skipping `node_modules` itself. */
function parentOf(folder: string): string {
  const above = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
  return above.replace(/(?:^|\/)node_modules$/, '');
}

function namesIn(entry: JsonItem, key: string): string[] {
  return Object.keys(entry.optional(key, (map) => map.fields()) ?? {});
}

const textIn = (entry: JsonItem, key: string): string | undefined =>
  entry.optional(key, (value) => value.text());

const isSet = (entry: JsonItem | undefined, key: string): boolean =>
  entry?.optional(key, (value) => value.flag()) ?? false;

/** `os`, `cpu` and `libc`: a list, or one name. */
export function platformsOf(entry: JsonItem): Platforms {
  const list = (key: string): string[] =>
    entry.optional(key, (value) => (value.isText() ? [value.text()] : value.list((one) => one.text()))) ?? [];
  return { os: list('os'), cpu: list('cpu'), libc: list('libc') };
}
