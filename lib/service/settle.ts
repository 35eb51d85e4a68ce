import { join } from 'node:path';
import { combineErrors, KitError } from '../errors/errors.ts';
import { metadataText } from './metadata-file.ts';
import { type Row, readValue, type Table, Unfit } from './rows.ts';

export interface Sources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of the machine's metadata. */
  readonly folder: string;
}

/** `maxSize` to `--max-size` */
export const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/**
 * The values of all rows: from flags, else the environment, else metadata, else the default. @param flags the
 * texts given for a row; undefined for none @throws KitError, or KitErrors for several
 */
export function settle(
  table: Table,
  flags: (name: string) => readonly string[] | undefined,
  sources: Sources,
): Record<string, unknown> {
  const errors: KitError[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, row] of Object.entries(table)) {
    const given = givenFor(name, row, flags(name), sources);
    if (!given && row.required) errors.push(missing(name, row, sources));
    else values[name] = given ? read(row, given, errors) : fallback(row);
  }
  if (errors.length > 0) throw combineErrors(errors);
  return values;
}

interface Given {
  readonly texts: readonly string[];
  /** Names the text in an error; what stands in a file may be secret and is not shown. */
  readonly shown: (text: string) => string;
}

function givenFor(
  name: string,
  { env, metadata }: Row,
  texts: readonly string[] | undefined,
  sources: Sources,
): Given | undefined {
  if (texts) return { texts, shown: (text) => `${flagOf(name)} ${quoted(text)}` };
  const variable = env === undefined ? undefined : sources.env[env];
  if (variable) return { texts: [variable], shown: (text) => `${env} ${quoted(text)}` };
  const text = metadata === undefined ? undefined : metadataText(metadata, sources.folder);
  if (text === undefined || metadata === undefined) return undefined;
  return { texts: [text], shown: () => `"${join(sources.folder, metadata)}"` };
}

const quoted = (text: string): string => JSON.stringify(text.length > 64 ? `${text.slice(0, 64)}…` : text);

function read(row: Row, { texts, shown }: Given, errors: KitError[]): unknown {
  const values = texts.map((text) => {
    try {
      return readValue(row, text);
    } catch (thrown) {
      if (!(thrown instanceof Unfit)) throw thrown;
      errors.push(new KitError(`Cannot use ${shown(text)}: ${thrown.message}`, { exitCode: 2 }));
      return undefined;
    }
  });
  // The last one counts, as with most programs.
  return row.multiple ? values : values.at(-1);
}

function fallback(row: Row): unknown {
  if (row.default !== undefined) return row.default;
  if (row.multiple) return [];
  return row.type === 'boolean' ? false : undefined;
}

function missing(name: string, { env, metadata, description }: Row, { folder }: Sources): KitError {
  const ways = [flagOf(name)];
  if (env !== undefined) ways.push(`${env} in the environment`);
  if (metadata !== undefined) ways.push(`the file "${metadata}" of the machine's metadata (in ${folder})`);
  const what = description === undefined ? '' : `, ${description},`;
  return new KitError(`Cannot start: ${flagOf(name)}${what} is missing`, {
    hint: `it comes from ${ways.join(', or ')}`,
    exitCode: 2,
  });
}
