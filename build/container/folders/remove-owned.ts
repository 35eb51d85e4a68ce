import { rm } from 'node:fs/promises';
import { codeOf } from '../../../lib/errors/errors.ts';
import { runProgram } from '../../host/program.ts';
import { toolCommand } from '../../tools/command.ts';
import type { Work } from '../../work.ts';
import { launcherNamespaces } from '../ids/namespace-arguments.ts';
import { userIds } from '../ids/user-ids.ts';
import { namespaceTools } from '../namespace-tools.ts';

/**
 * Removes a folder in which users of an ordinary user's containers may own files, such as that of a disk:
 * then as their root, in a user namespace with the same ids.
 * @throws ProgramError, or the error of the kernel, when something of it cannot be removed
 */
export async function removeOwned(dir: string, work: Work): Promise<void> {
  try {
    await rm(dir, { recursive: true, force: true });
  } catch (thrown) {
    if (codeOf(thrown) !== 'EACCES') throw thrown;
    const { signal } = work;
    const unshare = toolCommand(await namespaceTools(work), 'unshare', []);
    const user = await userIds(unshare, signal);
    if (!user) throw thrown;
    const { file, args, env } = unshare;
    const words = [...args, ...launcherNamespaces(user.ids), 'rm', '-rf', '--', dir];
    await runProgram(file, words, { env, alone: true, signal });
  }
}
