import { readFileSync, statSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Document, parseDocument } from 'yaml';
import { codeOf, KitError, reasonOf } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { writeWhole } from '../cache/write.ts';
import { homeDir } from '../host/paths.ts';
import { checkValue, type Problem } from '../manifest/check.ts';
import { type Fields, record } from '../manifest/kinds.ts';
import { asErrors } from '../manifest/parse.ts';
import { readYaml } from '../manifest/yaml-document.ts';
import { type SettingKey, settingKeys, settings } from './settings.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Values by map and key, as in the file: `{debian: {mirror: 'https://…'}}`. */
type Content = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The user's configuration file: KIT_CONFIG, else kit/config.yml in the XDG configuration folder. */
export function configFile(env: Env): string {
  const folder = env.XDG_CONFIG_HOME || join(homeDir(env), '.config');
  return resolve(env.KIT_CONFIG || join(folder, 'kit', 'config.yml'));
}

/** The checked content of the file; empty when there is none. @throws KitErrors with all its mistakes */
export function readConfig(env: Env): Content {
  const file = configFile(env);
  const text = textOf(file);
  if (text === undefined) return {};
  const document = readYaml(text, file);
  const value = document.value ?? {};
  const problems: Problem[] = [];
  checkValue(record(fields()), value, [], (problem) => problems.push(problem));
  if (problems.length > 0) throw asErrors(problems.map(named), document);
  return value as Content;
}

/** Sets or (undefined) removes a value. Comments in the file are kept. */
export async function writeConfig(env: Env, key: SettingKey, value: unknown): Promise<void> {
  readConfig(env);
  const link = configFile(env);
  // A link, as managers of dot files make it, is kept.
  const file = await realpath(link).catch(() => link);
  const document = parseDocument(textOf(file) ?? '');
  const target = document.contents === null ? new Document({}) : document;
  if (value === undefined) target.deleteIn(key.split('.'));
  else target.setIn(key.split('.'), value);
  makeFolder(dirname(file), 0o700);
  // Not readable to others: an address may contain a password.
  await writeWhole(file, target.toString(), 0o600);
}

/** More than any real configuration. */
const sizeLimit = 1 << 20;

function textOf(file: string): string | undefined {
  try {
    const found = statSync(file);
    if (!found.isFile()) throw new KitError(`Cannot read "${file}": it is not a file`);
    if (found.size > sizeLimit)
      throw new KitError(`Cannot read "${file}": it has more than ${sizeLimit} bytes`);
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    if (thrown instanceof KitError) throw thrown;
    throw new KitError(`Cannot read "${file}": ${reasonOf(thrown)}`, { cause: thrown });
  }
}

/** The table of settings as nested fields. */
function fields(): Fields {
  const groups = Map.groupBy(settingKeys, (key) => key.split('.')[0] ?? '');
  const entries = [...groups].map(([group, keys]) => {
    const own = keys.map((key) => [key.slice(group.length + 1), settings[key]] as const);
    return [group, { kind: record(Object.fromEntries(own)), help: '' }] as const;
  });
  return Object.fromEntries(entries);
}

/** Adapts the messages of `checkValue`, which are worded for manifests. */
const named = (problem: Problem): Problem => ({
  ...problem,
  message: () => problem.message().replace(/\bthe manifest\b/, 'the configuration'),
});
