import { readFileSync } from 'node:fs';
import { ProgramError, runProgram } from '../../host/program.ts';
import type { ToolCommand } from '../../tools/command.ts';
import { type MappedIds, onlyOwnIds } from './id-range.ts';
import { launcherNamespaces } from './namespace-arguments.ts';
import { namespacesRefused } from './refused.ts';
import { subordinateIds } from './subordinate-ids.ts';

export interface UserIds {
  readonly ids: MappedIds;
  /** Why there is only one id; undefined if there are more. */
  readonly onlyOne: string | undefined;
}

/**
 * The ids that this user can map: those of /etc/subuid and /etc/subgid, else only the own ones. Null: this is
 * the host's root, who can map any. @param unshare unshare(1) without arguments
 * @throws KitError where the user may not make namespaces
 */
export async function userIds(unshare: ToolCommand, signal: AbortSignal): Promise<UserIds | null> {
  const [uid, gid] = [process.geteuid?.() ?? 0, process.getegid?.() ?? 0];
  if (uid === 0 && isInitialNamespace()) return null;
  const own = onlyOwnIds(uid, gid);
  const failure = await attempt(own, unshare, signal);
  if (failure) throw namespacesRefused(failure, failure);
  const ids = subordinateIds(uid, gid);
  if (!ids) return { ids: own, onlyOne: '/etc/subuid and /etc/subgid have no ids for this user' };
  const refused = await attempt(ids, unshare, signal);
  return refused ? { ids: own, onlyOne: shortReason(refused) } : { ids, onlyOne: undefined };
}

/** Whether this process's ids are the host's own, and not those of a container around it. */
function isInitialNamespace(): boolean {
  return /^\s*0\s+0\s+4294967295\s*$/.test(readFileSync('/proc/self/uid_map', 'utf8'));
}

/** Makes the launcher's namespaces for a moment. Returns the error if that fails. */
async function attempt(
  ids: MappedIds,
  { file, args, env }: ToolCommand,
  signal: AbortSignal,
): Promise<ProgramError | undefined> {
  const nothing = [file, ...args, '--version'];
  try {
    await runProgram(file, [...args, ...launcherNamespaces(ids), ...nothing], { env, alone: true, signal });
    return undefined;
  } catch (thrown) {
    if (thrown instanceof ProgramError) return thrown;
    throw thrown;
  }
}

/** `newuidmap is not installed`, or what it wrote. */
function shortReason({ stderr, ending }: ProgramError): string {
  const missing = /failed to execute (new[ug]idmap): No such file/.exec(stderr)?.[1];
  if (missing) return `${missing} is not installed`;
  return stderr.trim().split('\n')[0] || `unshare ended with ${ending}`;
}
