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
  const scope = ['systemd-run', '--user', '--scope', '--quiet', '--collect', '--property', 'Delegate=yes'];
  try {
    await runProgram('systemd-run', [...scope.slice(1), process.execPath, '--version'], { signal });
    return scope;
  } catch {
    signal.throwIfAborted();
    // The limits are then named as not enforced.
    return [];
  }
}
