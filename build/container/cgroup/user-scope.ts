import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../host/program.ts';

/**
 * The command that runs another one in a cgroup that the user's systemd delegates to it (systemd-run(1));
 * empty where no systemd serves this user. @param env of this process
 */
export async function userScope(
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<string[]> {
  if (!existsSync(join(env.XDG_RUNTIME_DIR ?? '/nonexistent', 'systemd/private'))) return [];
  // The whole path: the launcher is started with another PATH.
  const folders = (env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
  const file = folders.map((folder) => join(folder, 'systemd-run')).find((path) => existsSync(path));
  if (file === undefined) return [];
  const args = ['--user', '--scope', '--quiet', '--collect', '--property', 'Delegate=yes'];
  try {
    await runProgram(file, [...args, process.execPath, '--version'], { env, signal });
    return [file, ...args];
  } catch {
    signal.throwIfAborted();
    // The limits are then named as not enforced.
    return [];
  }
}
