import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { scratchOf } from '../../cache/scratch.ts';
import { newestPackages } from '../../debian/archive/newest.ts';
import type { PackageList } from '../../debian/archive/package-list.ts';
import type { Archive } from '../../debian/archive/suites.ts';
import { debianSource } from '../../debian/source.ts';
import type { Arch } from '../../host/arch.ts';
import { dataFile } from '../../host/paths.ts';
import type { Work } from '../../work.ts';
import { runTool } from '../command.ts';
import { makeTree, type Tools } from '../make-tree.ts';
import { xzOf } from '../xz.ts';

/**
 * apt, and the libraries that it needs for working out dependencies. Named one by one: to find out what apt
 * depends on, apt would be needed.
 */
const source = debianSource({
  depends: false,
  packages: [
    'apt',
    'libapt-pkg7.0',
    'libbz2-1.0',
    'libc6',
    'libgcc-s1',
    'liblz4-1',
    'liblzma5',
    'libssl3t64',
    'libstdc++6',
    'libsystemd0',
    'libudev1',
    'libxxhash0',
    'libzstd1',
    'zlib1g',
  ],
});

const lockFile = dataFile('build/tools/apt/apt.lock.json');

/** apt's tree, fetched when the first lock is made or renewed. */
export const aptTree = (work: Work): Promise<Tools> =>
  makeTree('tools for locks', { source, lockFile, resolve: newestPackages, xz: xzOf }, work);

/** An address that is never used: apt reads the lists that it is given, and fetches nothing. */
export const aptAddress = (archive: Archive): string => `http://${archive}.invalid`;

/** Runs apt-get on an empty system for which only the packages of these lists exist. */
export type AptGet = (...args: string[]) => Promise<string>;

/** @param lists already verified, so apt trusts them */
export async function aptGet(lists: readonly PackageList[], arch: Arch, work: Work): Promise<AptGet> {
  const tools = await aptTree(work);
  const state = await stateFolder(lists, arch, work);
  const config = join(state, 'apt.conf');
  await writeFile(config, configText(state, arch));
  const options = { signal: work.signal, env: { APT_CONFIG: config } };
  return async (...args) => (await runTool(tools, 'apt-get', args, options)).stdout;
}

/** A folder for this process alone, removed when the process ends. */
async function stateFolder(lists: readonly PackageList[], arch: Arch, work: Work): Promise<string> {
  const state = await scratchOf(work.cache.dir).folder();
  for (const folder of ['lists/partial', 'cache/archives/partial', 'sources', 'empty', 'methods']) {
    makeFolder(join(state, folder));
  }
  const stanzas = lists.map((list) => sourceOf(list, arch));
  await writeFile(join(state, 'sources/debian.sources'), stanzas.join('\n'));
  await writeFile(join(state, 'status'), '');
  for (const { name, archive, component, release, file } of lists) {
    const index = (path: string): string => join(state, 'lists', `${archive}.invalid_dists_${name}_${path}`);
    await writeFile(index('Release'), release.text);
    await symlink(file, index(`${component}_binary-${arch}_Packages`));
  }
  await writeFile(join(state, 'methods/http'), method, { mode: 0o755 });
  return state;
}

function sourceOf({ name, archive, component }: PackageList, arch: Arch): string {
  const where = { Types: 'deb', URIs: aptAddress(archive), Suites: name, Components: component };
  const fields = Object.entries({ ...where, Architectures: arch, Trusted: 'yes' });
  return fields.map(([key, value]) => `${key}: ${value}\n`).join('');
}

/** apt asks each method what it can do before it prints the addresses that it would be given. */
const method = `#!/bin/sh
printf '100 Capabilities\\nVersion: 1.0\\nSingle-Instance: true\\n\\n'
`;

/**
 * For APT_CONFIG, which apt reads first, so that it can disable the host's configuration: that may contain
 * hooks.
 */
function configText(state: string, arch: Arch): string {
  const settings = {
    'Acquire::Languages': 'none',
    'Acquire::ForceHash': 'SHA256',
    'APT::Architecture': arch,
    'APT::Architectures': arch,
    'APT::Install-Recommends': 'false',
    // By default apt run by root switches to the user _apt, which cannot write to the cache.
    'APT::Sandbox::User': 'root',
    'Debug::NoLocking': 'true',
    'Dir::Bin::methods': `${state}/methods`,
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
  return Object.entries(settings)
    .map(([key, value]) => `${key} "${value}";\n`)
    .join('');
}
