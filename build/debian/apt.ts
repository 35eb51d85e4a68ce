import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { scratchOf } from '../cache/scratch.ts';
import type { Arch } from '../host/arch.ts';
import { ProgramError, type ProgramOptions, runProgram } from '../host/program.ts';
import type { Work } from '../work.ts';
import { type DebianMirror, debianMirror } from './mirror.ts';

/**
 * The host's apt with a separate state folder: the host's lists, cache and locks are neither read nor
 * written.
 */
export interface Apt {
  readonly mirror: DebianMirror;
  /** Runs apt-get with this configuration. @throws ProgramError */
  aptGet(...args: string[]): Promise<string>;
}

const states = new Map<string, Promise<Apt>>();

/** An apt with the current package lists of `suite`, which are fetched once in each process. */
export function aptOf(suite: string, arch: Arch, work: Work): Promise<Apt> {
  const mirror = debianMirror(work.env);
  const key = [work.cache.dir, mirror.uri, suite, arch].join(' ');
  const known = states.get(key) ?? openApt(suite, arch, mirror, work);
  states.set(key, known);
  // The next caller tries again, perhaps with a signal that is not aborted.
  known.catch(() => states.delete(key));
  return known;
}

async function openApt(suite: string, arch: Arch, mirror: DebianMirror, work: Work): Promise<Apt> {
  const state = await stateFolder(work);
  await writeFile(join(state, 'sources/debian.sources'), sourcesText(suite, arch, mirror));
  const config = await aptConfig(state, arch, work);
  const aptGet = async (...args: string[]): Promise<string> => {
    const options = { signal: work.signal, env: { APT_CONFIG: config } };
    return (await run('apt-get', args, options)).stdout;
  };
  await work.progress.task(`Read the package lists of Debian ${suite}`, () =>
    aptGet('update', '-qq', '-o', 'APT::Update::Error-Mode=any').catch((thrown: unknown) => {
      throw mirrorError(mirror.uri, thrown);
    }),
  );
  return { mirror, aptGet };
}

/** The familiar name of apt, for messages about any of its programs. */
const knownAs = 'apt-get';

async function run(program: string, args: readonly string[], options: ProgramOptions) {
  return runProgram(program, args, options).catch((thrown: unknown) => {
    throw startError(knownAs, thrown);
  });
}

/** A KitError for a program of apt or dpkg that did not start; other errors are returned unchanged. */
export function startError(program: string, thrown: unknown): unknown {
  const failure = thrown instanceof ProgramError ? thrown.notStarted : undefined;
  if (!failure) return thrown;
  if (!failure.missing) return new KitError(`Cannot run "${program}": ${failure.reason}`, { cause: thrown });
  return new KitError(`Cannot find "${program}": packages come from Debian through the apt of the host`, {
    cause: thrown,
    hint: 'run kit on Debian, or install the packages apt and dpkg',
  });
}

/** A KitError for a mirror that failed, with apt's own reason; other errors are returned unchanged. */
export function mirrorError(uri: string, thrown: unknown): unknown {
  if (!(thrown instanceof ProgramError)) return thrown;
  if (thrown.notStarted) return startError('apt-helper', thrown);
  const line = thrown.stderr.split('\n').find((one) => /^[EW]: /.test(one)) ?? thrown.message;
  const reason = line.replace(/^[EW]: /, '').replace(/^Failed to fetch \S+\s+/, '');
  return new KitError(`Cannot use the Debian mirror "${uri}": ${reason.trim()}`, {
    cause: thrown,
    hint: 'KIT_DEBIAN_MIRROR names another mirror',
  });
}

/** A folder for this process alone, removed when the process ends. */
async function stateFolder(work: Work): Promise<string> {
  const state = await scratchOf(work.cache.dir).folder();
  for (const folder of ['lists/partial', 'cache/archives/partial', 'sources', 'empty']) {
    await mkdir(join(state, folder), { recursive: true });
  }
  await writeFile(join(state, 'status'), '');
  return state;
}

function sourcesText(suite: string, arch: Arch, { uri, keyring }: DebianMirror): string {
  const fields = { Types: 'deb', URIs: uri, Suites: suite, Components: 'main', Architectures: arch };
  return Object.entries({ ...fields, 'Signed-By': keyring })
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}

/**
 * Writes the file for APT_CONFIG, which apt reads first, so that it can disable the host's configuration,
 * which may contain hooks that run after an update. Copies the host's network settings (proxies, retries).
 */
async function aptConfig(state: string, arch: Arch, work: Work): Promise<string> {
  const host = await run('apt-config', ['dump'], { signal: work.signal });
  const network = host.stdout
    .split('\n')
    .filter((line) => /^Acquire::(https?|Retries|Check|ForceIP)/.test(line));
  const settings = {
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '20',
    'Acquire::https::Timeout': '20',
    'Acquire::Languages': 'none',
    'Acquire::ForceHash': 'SHA256',
    'APT::Architecture': arch,
    'APT::Architectures': arch,
    'APT::Install-Recommends': 'false',
    // By default apt run by root switches to the user _apt, which cannot write to the cache.
    'APT::Sandbox::User': 'root',
    'Debug::NoLocking': 'true',
    'Dir::Cache': `${state}/cache`,
    'Dir::Etc::main': '/dev/null',
    'Dir::Etc::parts': `${state}/empty`,
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': `${state}/empty`,
    'Dir::Etc::sourcelist': '/dev/null',
    'Dir::Etc::sourceparts': `${state}/sources`,
    'Dir::Log': state,
    'Dir::State': state,
    'Dir::State::lists': `${state}/lists`,
    'Dir::State::status': `${state}/status`,
  };
  const own = Object.entries(settings).map(([key, value]) => `${key} "${value}";`);
  const file = join(state, 'apt.conf');
  await writeFile(file, `${[...own, ...network].join('\n')}\n`);
  return file;
}
