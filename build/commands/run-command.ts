import { resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import type { GlobalFlags } from '../cli/global-flags.ts';
import type { ErrorStyle } from '../cli/report-error.ts';
import type { Context } from '../host/context.ts';
import { refuseForeign } from '../host/users/own-folders.ts';
import { didYouMean } from '../manifest/nearest.ts';
import { ownPaths } from './flags/own-paths.ts';
import { type Verb, verbs } from './index.ts';
import { overview } from './overview.ts';

/**
 * Runs `kit ARGS`. Resolves to the exit status.
 * @param style is set to what the flags say about errors: --debug and --json
 * @throws KitError, KitErrors
 */
export async function runCommand(
  given: readonly string[],
  outside: Context,
  style: ErrorStyle = {},
): Promise<number> {
  // They apply to usage errors, too, for which no command runs.
  const flags = given.slice(0, given.includes('--') ? given.indexOf('--') : given.length);
  Object.assign(style, { debug: flags.includes('--debug'), json: flags.includes('--json') });
  const first = given[0] ?? '';
  if (given.length === 1 && ['version', '--version', '-V'].includes(first)) return printVersion(outside);
  const words = first.startsWith('-') ? await verbFirst(given) : given;
  const [name, ...rest] = helpLast(words);
  if (name === undefined || name === '--help' || name === '-h') {
    outside.stdout.write(overview(verbs));
    return given.length === 0 ? 2 : 0;
  }
  if (name === '__complete') return (await import('./completion/complete.ts')).complete(rest, outside);
  const { verb } = await verbNamed(name).load();
  const { parse } = await import('../cli/program.ts');
  const env = { ...outside.env };
  await using atEnd = new AsyncDisposableStack();
  const context = { ...outside, env, atEnd };
  return await parse(verb(context), rest, (set) => {
    Object.assign(env, variables(set, env, context.cwd));
    refuseForeign(ownPaths(env));
    Object.assign(style, { debug: set.debug === true || Number(set.verbose) >= 2, json: set.json === true });
  });
}

/** `kit version`, of all commands the most frequent in scripts, does without the parser of arguments. */
async function printVersion(context: Context): Promise<number> {
  const { showVersion } = await import('./show-version.ts');
  await showVersion({}, context);
  return 0;
}

/** `kit --cache DIR build …` becomes `kit build --cache DIR …`. */
async function verbFirst(given: readonly string[]): Promise<readonly string[]> {
  const { leadingFlags } = await import('../cli/global-flags.ts');
  const count = leadingFlags(given);
  const [name, ...rest] = given.slice(count);
  if (name === '-V' || name === '--version') return ['version', ...given.slice(0, count), ...rest];
  if (name !== undefined) return [name, ...given.slice(0, count), ...rest];
  return given.slice(0, 0);
}

/** `kit help cache ls` becomes `kit cache ls --help`. */
function helpLast(words: readonly string[]): readonly string[] {
  const [name, ...rest] = words;
  return name === 'help' ? [...rest.filter((word) => !word.startsWith('-')), '--help'] : words;
}

function verbNamed(name: string): Verb {
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (verb) return verb;
  throw new KitError(`Unknown command "${name}"${didYouMean(name, Object.keys(verbs))}`, {
    exitCode: 2,
    hint: 'kit --help lists the commands',
  });
}

/** The environment variables that the global flags stand for. */
function variables(
  { cache, quiet, verbose, mirror = [], certFile = [] }: GlobalFlags,
  env: Context['env'],
  cwd: string,
): Record<string, string> {
  if (cache === '') throw new KitError('Cannot use --cache: it needs a folder', { exitCode: 2 });
  return {
    ...(cache !== undefined && { KIT_CACHE: resolve(cwd, cache) }),
    ...((quiet || verbose === '0') && { KIT_QUIET: '1' }),
    ...(mirror.length > 0 && {
      KIT_MIRROR: [...mirror, env.KIT_MIRROR || env.LINUXKIT_MIRROR || ''].join(' '),
    }),
    ...(certFile.length > 0 && { KIT_CERT_FILE: [...certFile, env.KIT_CERT_FILE ?? ''].join(':') }),
  };
}
