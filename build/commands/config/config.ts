import { KitError } from '../../../lib/errors/errors.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { program, subcommand } from '../../cli/program.ts';
import { configFile, readConfig, writeConfig } from '../../config/config-file.ts';
import { setting, settingKey, settingValue } from '../../config/setting.ts';
import { type SettingKey, settingKeys, settings } from '../../config/settings.ts';
import { findMirror, securityMirror } from '../../debian/archive/mirror.ts';
import type { Context } from '../../host/context.ts';
import { table } from '../../host/table.ts';
import { shownUrl } from '../../manifest/fetch.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';

const examples: Examples = {
  rows: [
    ['kit config list', 'all settings, and where their values come from'],
    ['kit config get debian.mirror'],
    ['kit config set debian.mirror https://HOST/debian'],
    ['kit config set debian.snapshot https://HOST/archive/debian/20260101T000000Z'],
    ['kit config unset debian.snapshot'],
  ],
  notes: `
The file is kit/config.yml in $XDG_CONFIG_HOME or ~/.config, or what KIT_CONFIG
names. Environment variables take precedence over it.`,
};

/** `kit config list|get|set|unset`: the user's settings. */
export function verb(context: Context): KitCommand {
  const command = program('config', context).description('Show and change settings.').withExamples(examples);
  withJson(subcommand(command, 'list'))
    .description('show all settings')
    .action((flags: JsonFlag) => list(flags, context));
  withJson(subcommand(command, 'get'))
    .description('print the value of a setting')
    .argument('<key>', 'such as debian.mirror')
    .action((key: string, flags: JsonFlag) => get(settingKey(key), flags, context));
  subcommand(command, 'set')
    .description('write a setting to the configuration file')
    .argument('<key>', 'such as debian.mirror')
    .argument('<value...>', 'one value; several for a list')
    .action((key: string, values: string[]) => set(settingKey(key), values, context));
  subcommand(command, 'unset')
    .description('remove a setting from the configuration file')
    .argument('<key>', 'such as debian.mirror')
    .action((key: string) => unset(settingKey(key), context));
  return command;
}

/** A setting in effect, in a row of `kit config list`. */
interface Row {
  readonly key: SettingKey;
  /** Null: not set. */
  readonly value: string | readonly string[] | null;
  /** The variable or the file that it comes from. */
  readonly from: string | null;
  readonly variable: string;
  readonly help: string;
}

function list(flags: JsonFlag, context: Context): void {
  const rows = settingKeys.map((key) => rowOf(key, context));
  const cells = rows.map(({ key, value, from }) => [key, value === null ? '-' : textOf(value), from ?? '-']);
  const about = rows.map(({ key, variable, help }) => [key, variable, help]);
  const text = `${table([['KEY', 'VALUE', 'FROM'], ...cells])}\n${table([['KEY', 'VARIABLE', ''], ...about])}`;
  printResult(context, flags, rows, text);
}

function rowOf(key: SettingKey, { env }: Context): Row {
  const { variable, help } = settings[key];
  const own = setting(env, key);
  const mirror = own === undefined ? foundMirrors[key]?.(env) : undefined;
  const found = own ?? (mirror && { value: mirror.uri, from: mirror.from });
  return { key, value: found ? shown(found.value) : null, from: found?.from ?? null, variable, help };
}

/** Addresses that are taken from elsewhere when they are not set. */
const foundMirrors: { readonly [key in SettingKey]?: typeof findMirror } = {
  'debian.mirror': findMirror,
  'debian.security': securityMirror,
};

/** Passwords in addresses are not printed by a listing. */
const shown = (value: string | readonly string[]): string | readonly string[] =>
  typeof value === 'string' ? shownUrl(value) : value.map(shownUrl);

const textOf = (value: string | readonly string[]): string =>
  typeof value === 'string' ? value : value.join(' ');

function get(key: SettingKey, flags: JsonFlag, context: Context): void {
  const found = setting(context.env, key);
  if (!found) {
    throw new KitError(`Cannot get "${key}": it is not set`, { hint: `kit config set ${key} VALUE sets it` });
  }
  printResult(context, flags, found, `${textOf(found.value)}\n`);
}

async function set(key: SettingKey, values: readonly string[], { env }: Context): Promise<void> {
  await writeConfig(env, key, settingValue(key, values));
}

async function unset(key: SettingKey, { env }: Context): Promise<void> {
  const [group = '', name = ''] = key.split('.');
  if (readConfig(env)[group]?.[name] !== undefined) return writeConfig(env, key, undefined);
  throw new KitError(`Cannot unset "${key}": it is not in "${configFile(env)}"`);
}
