import { dirname } from 'node:path';
import { gt, valid } from 'semver';
import { KitError } from '../../lib/errors/errors.ts';
import { forEachConcurrent } from '../host/concurrency.ts';
import { ProgramError, runProgram } from '../host/program.ts';
import type { PackageDefinition } from '../packages/definition/build-yml.ts';
import { shownPath } from '../packages/definition/shown-path.ts';
import { findProject, type Project } from '../packages/external/lock/project.ts';
import { planExternal } from '../packages/external/plan-external.ts';
import type { Work } from '../work.ts';
import type { OutdatedRow } from './row.ts';

/** The packages under `external` of which npm's registry has newer versions. */
export async function outdatedNpm(definition: PackageDefinition, work: Work): Promise<OutdatedRow[]> {
  const project = findProject(definition.dir);
  return newerInRegistry(await versionsOf(definition, work), project.lockFile, work);
}

/** Rows for the packages, by name, of which the registry's tag `latest` is above the locked version. */
export async function newerInRegistry(
  locked: ReadonlyMap<string, string>,
  lockFile: string,
  work: Work,
): Promise<OutdatedRow[]> {
  const rows: OutdatedRow[] = [];
  const title = `Look for newer versions of ${shownPath(lockFile)}`;
  await work.progress.task(title, () =>
    forEachConcurrent([...locked], 4, async ([name, from]) => {
      const to = await latestOf(name, dirname(lockFile), work);
      if (gt(to, from)) rows.push(row(lockFile, name, from, to));
    }),
  );
  return rows;
}

/** Lets npm take the newest versions that package.json admits, and says what that has changed. */
export async function renewNpm(definition: PackageDefinition, work: Work): Promise<OutdatedRow[]> {
  const project = findProject(definition.dir);
  if (project.kind !== 'npm') {
    work.progress.line(`Left as it is: ${shownPath(project.lockFile)}, which ${project.kind} itself renews`);
    return [];
  }
  const before = await versionsOf(definition, work);
  await npm(
    ['update', '--package-lock-only', '--ignore-scripts', ...workspace(project), ...before.keys()],
    project.root,
    work,
  );
  const after = await versionsOf(definition, work);
  return [...after].flatMap(([name, to]) => {
    const from = before.get(name);
    return from === undefined || from === to ? [] : [row(project.lockFile, name, from, to)];
  });
}

const workspace = ({ importer }: Project): string[] => (importer === '' ? [] : ['--workspace', importer]);

/** By the name of the package in the registry, which an alias differs from. */
async function versionsOf({ source, dir }: PackageDefinition, work: Work): Promise<Map<string, string>> {
  if (source.kind !== 'service') return new Map();
  const { selection } = await planExternal(source.external, source.project?.ignoreEngines ?? [], dir, work);
  return new Map(
    [...selection.roots.values()].flatMap((id) => {
      const node = selection.nodes.get(id);
      return node ? [[node.name, node.version]] : [];
    }),
  );
}

async function latestOf(name: string, cwd: string, work: Work): Promise<string> {
  const { stdout } = await npm(['view', name, 'dist-tags.latest'], cwd, work);
  const version = valid(stdout.trim());
  if (version !== null) return version;
  throw new KitError(
    `Cannot look for newer versions of npm package "${name}": the registry names no latest one`,
  );
}

async function npm(args: readonly string[], cwd: string, work: Work): Promise<{ stdout: string }> {
  const options = { signal: work.signal, cwd, env: work.env };
  return runProgram('npm', [...args], options).catch((cause: unknown) => {
    if (!(cause instanceof ProgramError) || !cause.notStarted) throw cause;
    throw new KitError(`Cannot run npm: ${cause.notStarted.reason}`, { cause });
  });
}

/** npm's registry tells of security fixes only who sends it the whole list of packages: `npm audit`. */
const row = (lockFile: string, name: string, from: string, to: string): OutdatedRow => ({
  ...{ lock: shownPath(lockFile), kind: 'npm', name, source: null, arches: [], from, to },
  ...{ suite: null, security: null },
});
