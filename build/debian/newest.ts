import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { KitError } from '../../lib/errors/errors.ts';
import type { Work } from '../work.ts';
import { type PackageList, packageLists } from './package-list.ts';
import type { DebianSource, LockedPackage } from './source.ts';
import { compareVersions } from './version.ts';

/**
 * The packages that a source without dependencies names, in the newest versions of its suites. This needs no
 * apt, so that the apt of the tools can itself be found this way. @throws KitError for an unknown package
 */
export async function newestPackages(
  { suite, packages }: DebianSource,
  work: Work,
): Promise<LockedPackage[]> {
  const lists = await packageLists(suite, work.arch, work);
  const names = packages.map((name) => name.replaceAll('{{.Arch}}', work.arch));
  const found = new Map<string, LockedPackage>();
  for (const list of lists) {
    for await (const fields of stanzas(list.file, new Set(names))) {
      const one = packageOf(fields, list);
      const known = found.get(one.name);
      if (!known || compareVersions(known.version, one.version) < 0) found.set(one.name, one);
    }
  }
  return names.map((name) => {
    const one = found.get(name);
    if (!one) throw new KitError(`Cannot find package "${name}" in Debian ${suite}`);
    return one;
  });
}

type Stanza = ReadonlyMap<string, string>;

/** The stanzas of a Packages file that are of these packages. Fields that continue keep their first line. */
async function* stanzas(file: string, names: ReadonlySet<string>): AsyncGenerator<Stanza> {
  let fields = new Map<string, string>();
  const isWanted = (): boolean => names.has(fields.get('Package') ?? '');
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const [, key, value = ''] = /^([^\s:]+): *(.*)$/.exec(line) ?? [];
    if (key !== undefined) fields.set(key, value);
    if (line !== '') continue;
    if (isWanted()) yield fields;
    fields = new Map();
  }
  if (isWanted()) yield fields;
}

function packageOf(fields: Stanza, { name: suite, archive }: PackageList): LockedPackage {
  const text = (key: string): string => {
    const value = fields.get(key);
    if (value) return value;
    throw new KitError(`Cannot read Debian's package list: "${fields.get('Package')}" has no ${key}`);
  };
  return {
    name: text('Package'),
    version: text('Version'),
    architecture: text('Architecture'),
    ...(archive === 'security' && { suite }),
    filename: text('Filename'),
    size: Number(text('Size')),
    sha256: text('SHA256'),
  };
}
