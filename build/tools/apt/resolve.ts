import { KitError } from '../../../lib/errors/errors.ts';
import { newestPackages } from '../../debian/archive/newest.ts';
import { newestSource } from '../../debian/archive/newest-source.ts';
import { packageLists } from '../../debian/archive/package-list.ts';
import type { Suite } from '../../debian/archive/suites.ts';
import { globMatcher } from '../../debian/globs.ts';
import type { DebianSource, LockedPackage } from '../../debian/source.ts';
import { ProgramError } from '../../host/program.ts';
import type { Work } from '../../work.ts';
import { aptAddress, aptGet } from './apt.ts';

/**
 * The packages of a source and their dependencies, in the newest versions of its suites, sorted by name; last
 * the files of its source package.
 */
export async function resolvePackages(source: DebianSource, work: Work): Promise<LockedPackage[]> {
  const kept = globMatcher(source.keep);
  const found = source.depends ? await withDependencies(source, work) : await newestPackages(source, work);
  const packages = found
    .filter(({ name }) => source.keep.length === 0 || kept(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { sourcePackage } = source;
  return sourcePackage === undefined
    ? packages
    : [...packages, ...(await newestSource(sourcePackage, source, work))];
}

async function withDependencies(source: DebianSource, work: Work): Promise<LockedPackage[]> {
  const { suite, packages } = source;
  const lists = await packageLists(source, work.arch, work);
  const run = await aptGet(lists, work.arch, work);
  const names = packages.map((name) => name.replaceAll('{{.Arch}}', work.arch));
  // Into an empty system, apt would install all dependencies.
  const uris = await run('-qq', '-y', '--print-uris', 'install', ...names).catch((thrown: unknown) => {
    throw unknownPackage(thrown, suite);
  });
  return uris
    .split('\n')
    .filter((line) => line.startsWith("'"))
    .map((line) => parseUri(line, lists));
}

/** `'URI' name_version_architecture.deb size SHA256:hex`, as apt-get --print-uris writes it. */
export function parseUri(line: string, suites: readonly Suite[]): LockedPackage {
  const match = /^'([^']+)' ([^_]+)_([^_]+)_([^_]+)\.deb (\d+) SHA256:([0-9a-f]{64})$/.exec(line.trim());
  const [, uri = '', name = '', version = '', architecture = '', size = '', sha256 = ''] = match ?? [];
  const from = suites.find(({ archive }) => uri.startsWith(`${aptAddress(archive)}/`));
  if (!match || !from) throw new KitError(`Cannot read the output of apt-get --print-uris: "${line}"`);
  const filename = decodeURIComponent(uri.slice(aptAddress(from.archive).length + 1));
  const suite = from.archive === 'security' ? { suite: from.name } : {};
  const sums = { size: Number(size), sha256 };
  return { name, version: decodeURIComponent(version), architecture, ...suite, filename, ...sums };
}

function unknownPackage(thrown: unknown, suite: string): unknown {
  if (!(thrown instanceof ProgramError)) return thrown;
  const name = /Unable to locate package (\S+)|Package '?([^'\s]+)'? has no installation candidate/.exec(
    thrown.stderr,
  );
  if (!name) return thrown;
  return new KitError(`Cannot find package "${name[1] ?? name[2]}" in Debian ${suite}`, { cause: thrown });
}
