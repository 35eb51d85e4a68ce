import { type ConfigField, type ReadField, runFields } from './config-fields.ts';
import { type JsonItem, withoutUndefined } from './json.ts';
import type { Healthcheck, RunConfig } from './types.ts';

/** As of Docker, for images that do not set one. */
export const defaultShell: readonly string[] = ['/bin/sh', '-c'];

/**
 * The `config` of an image configuration. A missing field and null are the same, as for Docker; what kit
 * ignores may be anything.
 * @throws KitError that names a field of the wrong type
 */
export function readRunConfig(config: JsonItem): RunConfig {
  const Shell = config.optional('Shell', words);
  const command = (value: JsonItem): string[] =>
    value.isText() ? commandOf(text(value), Shell) : words(value);
  const Env = config.optional('Env', words);
  const StopTimeout = config.optional('StopTimeout', (value) => value.integer());
  const missed = [
    ...(Env ?? [])
      .filter((pair) => !isPair(pair))
      .map((pair) => `Env has ${quoted(pair)}, which is not NAME=value`),
    ...((StopTimeout ?? 0) < 0
      ? [`StopTimeout is ${StopTimeout}: a service that does not stop is killed`]
      : []),
    ...missedFields(config),
  ].slice(0, mostMissed);
  return withoutUndefined({
    Shell: Shell?.length ? Shell : undefined,
    User: config.optional('User', text),
    Entrypoint: config.optional('Entrypoint', command),
    Cmd: config.optional('Cmd', command),
    Env: Env?.filter(isPair),
    WorkingDir: config.optional('WorkingDir', text),
    Labels: config.optional('Labels', (value) => value.texts()),
    StopSignal: config.optional('StopSignal', (value) => text(value) || undefined),
    StopTimeout: (StopTimeout ?? -1) < 0 ? undefined : StopTimeout,
    Healthcheck: config.optional('Healthcheck', healthcheck),
    Volumes: config.optional('Volumes', keys),
    ExposedPorts: config.optional('ExposedPorts', keys),
    missed: missed.length > 0 ? missed : undefined,
  } satisfies Record<ReadField | 'missed', unknown>);
}

/** Sentences about one image: there is no bound on what an image may have. */
const mostMissed = 20;

/** exec(3) would end at the NUL. */
function text(value: JsonItem): string {
  const found = value.text();
  if (found.includes('\0')) throw value.wrong('a string without NUL');
  return found;
}

const words = (value: JsonItem): string[] => value.list(text);

/** Before lists of words there were strings, which Docker still takes as a program's name. */
const commandOf = (line: string, shell = defaultShell): string[] =>
  line === '' ? [] : /\s/.test(line) ? [...shell, line] : [line];

const isPair = (pair: string): boolean => pair.indexOf('=') > 0;

/** A set: `{"/data": {}}`; some tools write a list. */
function keys(value: JsonItem): Record<string, object> {
  const names = value.isList() ? words(value) : Object.keys(value.fields());
  return Object.fromEntries(names.map((name) => [name, {}]));
}

function healthcheck(value: JsonItem): Healthcheck {
  const count = (key: string): number | undefined => value.optional(key, (found) => found.integer());
  return withoutUndefined({
    Test: value.optional('Test', words),
    Interval: count('Interval'),
    Timeout: count('Timeout'),
    Retries: count('Retries'),
  });
}

/** The fields with a value that kit does not obey, and those that it does not know. */
function missedFields(config: JsonItem): string[] {
  const table: Readonly<Record<string, ConfigField>> = runFields;
  return Object.entries(config.fields()).flatMap(([key, value]) => {
    const field = Object.hasOwn(table, key) ? table[key] : undefined;
    if (value.isEmpty() || (field && field.use !== 'missed')) return [];
    return [field ? `${key} is not obeyed: ${field.how}` : `${quoted(key)} is not a field that kit knows`];
  });
}

const quoted = (name: string): string => JSON.stringify(name.slice(0, 80));
