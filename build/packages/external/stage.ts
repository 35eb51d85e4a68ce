import { existsSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { ProgramError, runProgram } from '../../host/program.ts';
import type { Work } from '../../work.ts';
import type { SyntheticProject } from './synthetic-lock.ts';

/**
 * Fetches the packages into `folder/node_modules` by the user's npm: its registry, proxy and credentials are
 * used, each tarball is checked against its checksum, no script of a package is run.
 * @param npmrc folders whose .npmrc applies, the nearest first
 */
export async function stagePackages(
  project: Pick<SyntheticProject, 'manifest' | 'lock'>,
  npmrc: readonly string[],
  folder: string,
  work: Work,
): Promise<void> {
  await writeFile(join(folder, 'package.json'), project.manifest);
  await writeFile(join(folder, 'package-lock.json'), project.lock);
  const settings = npmrc.map((dir) => join(dir, '.npmrc')).find((file) => existsSync(file));
  // It may hold a password; the folder is removed when the layer is made.
  if (settings) await copyFile(settings, join(folder, '.npmrc'));
  try {
    await runProgram('npm', npmArguments, {
      signal: work.signal,
      cwd: folder,
      env: npmEnvironment(work.env),
    });
  } catch (thrown) {
    throw thrown instanceof ProgramError ? fetchError(thrown) : thrown;
  }
}

/** Settings of the user that would change what is installed are set to npm's own defaults. */
const npmArguments = [
  ...['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--prefer-offline'],
  ...['--omit=dev', '--legacy-peer-deps', '--install-strategy=hoisted', '--bin-links=true', '--global=false'],
  ...['--package-lock=true', '--package-lock-only=false', '--dry-run=false', '--engine-strict=false'],
  ...['--workspaces=false', '--foreground-scripts=false', '--loglevel=error', '--progress=false'],
];

/** Without what npm tells the programs that it starts: kit itself may run below `npm run`. */
function npmEnvironment(env: Work['env']): Record<string, string | undefined> {
  const inherited = [...Object.keys(process.env), ...Object.keys(env)];
  const own = inherited.filter((name) => /^npm_(?:package|lifecycle|config_local_prefix|command)/.test(name));
  return { ...env, ...Object.fromEntries([...own, 'INIT_CWD', 'NODE_ENV'].map((name) => [name, undefined])) };
}

function fetchError(failed: ProgramError): KitError {
  if (failed.notStarted) {
    return new KitError(`Cannot fetch the external packages: npm: ${failed.notStarted.reason}`, {
      cause: failed,
      hint: 'npm comes with Node; kit uses it for its settings of registry, proxy and credentials',
    });
  }
  const lines = failed.stderr.split('\n').map((line) => line.replace(/^npm (?:error|ERR!) ?/, '').trim());
  const code = lines.map((line) => /^code (\w+)$/.exec(line)?.[1]).find(Boolean);
  const reason = lines.find((line) => line !== '' && !line.startsWith('code ') && !/complete log/.test(line));
  return new KitError(`Cannot fetch the external packages: ${reason ?? `npm: ${failed.ending}`}`, {
    cause: failed,
    hint: hints[code ?? ''],
  });
}

const hints: Readonly<Record<string, string>> = {
  EINTEGRITY: 'the registry sends other bytes than those that the lock file was made with',
  E401: 'npm login, or a token in .npmrc: kit uses the settings of npm',
  E403: 'npm login, or a token in .npmrc: kit uses the settings of npm',
  E404: 'kit uses the registry that npm config get registry names',
  ENOTFOUND: 'kit uses the registry that npm config get registry names',
  ECONNREFUSED: 'kit uses the registry that npm config get registry names',
};

/** Folders from that of the package.json up to that of the lock file. */
export function npmrcFolders(packageJson: string, root: string): string[] {
  const own = dirname(packageJson);
  return own === root ? [root] : [own, root];
}
