import { KitError } from '../../lib/errors/errors.ts';
import { checkValue, type Problem } from '../manifest/check.ts';
import { didYouMean } from '../manifest/nearest.ts';
import { configFile, readConfig } from './config-file.ts';
import { type SettingKey, type SettingValue, settingKeys, settings } from './settings.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** A value in effect, and the variable or file that it comes from. */
export interface FoundSetting<V> {
  readonly value: V;
  readonly from: string;
}

/**
 * The value in effect: of the variable, else of the configuration file. @throws KitError for a wrong value
 */
export function setting<K extends SettingKey>(env: Env, key: K): FoundSetting<SettingValue<K>> | undefined {
  const { variable } = settings[key];
  const text = env[variable];
  if (text)
    return { value: settingValue(key, words(key, text), { name: variable, exitCode: 1 }), from: variable };
  const [group = '', name = ''] = key.split('.');
  const value = readConfig(env)[group]?.[name];
  return value === undefined ? undefined : { value: value as SettingValue<K>, from: configFile(env) };
}

interface Wording {
  /** Of the setting, in errors. */
  readonly name: string;
  readonly exitCode: 1 | 2;
}

/** The texts as a value of the setting. */
export function settingValue<K extends SettingKey>(
  key: K,
  texts: readonly string[],
  { name, exitCode }: Wording = { name: key, exitCode: 2 },
): SettingValue<K> {
  const { kind } = settings[key];
  if (kind.kind !== 'list' && texts.length !== 1) {
    throw new KitError(`Cannot set ${name} to ${texts.length} values: it takes one`, { exitCode });
  }
  const value = kind.kind === 'list' ? texts : texts[0];
  const problems: Problem[] = [];
  checkValue(kind, value, [name], (problem) => problems.push(problem));
  if (problems[0]) throw new KitError(problems[0].message(), { exitCode });
  return value as SettingValue<K>;
}

/** @throws KitError for a name that is no key */
export function settingKey(name: string): SettingKey {
  const key = settingKeys.find((one) => one === name);
  if (key) return key;
  throw new KitError(`Unknown setting "${name}"${didYouMean(name, settingKeys)}`, {
    exitCode: 2,
    hint: 'kit config list shows all settings',
  });
}

const words = (key: SettingKey, text: string): string[] =>
  settings[key].kind.kind === 'list' ? text.split(/\s+/).filter(Boolean) : [text];
