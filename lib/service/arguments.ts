import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { KitError, reasonOf } from '../errors/errors.ts';
import { metadataFolder } from './metadata-file.ts';
import type { Row, Table, Values } from './rows.ts';
import { flagOf, settle } from './settle.ts';

export interface ArgumentsOptions {
  /** Default: the arguments of this process. */
  readonly args?: readonly string[];
  /** Default: the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Folder of the machine's metadata. Default: `metadataFolder()`. */
  readonly folder?: string;
}

/**
 * Reads the arguments of a service by a table of what there is:
 *
 *     const { port, greeting } = readArguments({
 *       port: { type: 'integer', min: 1, max: 65_535, default: 8080, env: 'PORT' },
 *       greeting: { type: 'string', required: true, metadata: 'app/greeting' },
 *     });
 *
 * `maxSize` is the flag `--max-size`. A value comes from its flag, else from its variable, else from its file
 * of the machine's metadata, else it is the default.
 * @throws KitError, or KitErrors for several, that say what is wrong with which of them
 */
export function readArguments<const T extends Table>(table: T, options: ArgumentsOptions = {}): Values<T> {
  const { args = process.argv.slice(2), env = process.env, folder = metadataFolder() } = options;
  const given = parse(table, args);
  return settle(table, (name) => given.get(name), { env, folder }) as Values<T>;
}

function parse(table: Table, args: readonly string[]): Map<string, readonly string[]> {
  const rows = Object.entries(table);
  const flags = rows.filter(([, row]) => !row.positional);
  const positional = rows.find(([, row]) => row.positional)?.[0];
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: Object.fromEntries(flags.map(([name, row]) => [flagName(name), optionOf(row)])),
      allowPositionals: positional !== undefined,
    });
    const given = flags.flatMap(([name]) => {
      const value = values[flagName(name)];
      return value === undefined ? [] : [[name, [value].flat().map(String)] as const];
    });
    if (positional !== undefined && positionals.length > 0) given.push([positional, positionals]);
    return new Map(given);
  } catch (thrown) {
    // The first sentence says what is wrong; those after it are about a use that services have not.
    const [reason] = reasonOf(thrown).split('. ');
    throw new KitError(`Cannot read the arguments: ${reason}`, {
      hint:
        flags.length > 0 ? `there are ${flags.map(([name]) => flagOf(name)).join(', ')}` : 'there are none',
      exitCode: 2,
      cause: thrown,
    });
  }
}

const flagName = (name: string): string => flagOf(name).slice(2);

const optionOf = ({ type, multiple }: Row): ParseArgsOptionsConfig[string] => ({
  type: type === 'boolean' ? 'boolean' : 'string',
  // Repeated flags are no error: the last one counts.
  multiple: multiple ?? false,
});
