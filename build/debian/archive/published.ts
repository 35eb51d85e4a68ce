import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { KitError } from '../../../lib/errors/errors.ts';
import type { LockedPackage } from '../source.ts';
import type { PackageList } from './package-list.ts';
import type { Suite } from './suites.ts';

/** One version of a package that a suite has. */
export interface Published {
  readonly found: LockedPackage;
  readonly suite: Suite;
}

/** Every version of these packages in the lists. */
export async function* published(
  names: ReadonlySet<string>,
  lists: readonly PackageList[],
): AsyncGenerator<Published> {
  for (const suite of lists) {
    for await (const fields of stanzas(suite.file, names)) yield { found: packageOf(fields, suite), suite };
  }
}

export type Stanza = ReadonlyMap<string, string>;

/**
 * The stanzas of a Packages or Sources file that are of these packages. Fields that continue keep their first
 * line, those whose first line is empty all of the others.
 */
export async function* stanzas(file: string, names: ReadonlySet<string>): AsyncGenerator<Stanza> {
  let fields = new Map<string, string>();
  let table = '';
  const isWanted = (): boolean => names.has(fields.get('Package') ?? '');
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const [, key, value = ''] = /^([^\s:]+): *(.*)$/.exec(line) ?? [];
    if (key !== undefined) fields.set(key, value);
    if (key !== undefined) table = value === '' ? key : '';
    if (table !== '' && line.startsWith(' ')) fields.set(table, `${fields.get(table)}${line}\n`);
    if (line !== '') continue;
    if (isWanted()) yield fields;
    fields = new Map();
  }
  if (isWanted()) yield fields;
}

function packageOf(fields: Stanza, { name: suite, archive }: Suite): LockedPackage {
  const text = (key: string, form = /./): string => {
    const value = fields.get(key) ?? '';
    if (form.test(value)) return value;
    const why = value === '' ? `has no ${key}` : `has the ${key} "${value.slice(0, 80)}"`;
    throw new KitError(`Cannot read Debian's package list: "${fields.get('Package')}" ${why}`);
  };
  return {
    name: text('Package'),
    version: text('Version'),
    architecture: text('Architecture'),
    ...(archive === 'security' && { suite }),
    filename: text('Filename', /^pool\/(?!.*\.\.)/),
    size: Number(text('Size', /^\d{1,15}$/)),
    sha256: text('SHA256', /^[0-9a-f]{64}$/),
  };
}
