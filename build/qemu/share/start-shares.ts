import { setTimeout as pause } from 'node:timers/promises';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { type QemuShare, type ShareLaunch, shareArguments } from './share-arguments.ts';
import { type ShareServer, startShareServer } from './share-server.ts';

/** The folders of one run of QEMU. */
export interface StartedShares {
  /** For QEMU. */
  readonly args: readonly string[];
  /** Ends the programs that serve them. */
  readonly stop: () => void;
}

/** A server ends with QEMU, a moment before that is noticed. */
const graceMs = 2000;

/**
 * Starts the programs that serve folders over virtiofs. A folder for which none runs is served by QEMU
 * itself, over 9p. @param dir the machine's folder
 * @param notice is told of that, and of servers that end early
 */
export async function startShares(
  shares: readonly ShareLaunch[],
  dir: string,
  notice: (text: string) => void,
): Promise<StartedShares> {
  const servers: ShareServer[] = [];
  const started: QemuShare[] = [];
  let stopped = false;
  for (const [index, share] of shares.entries()) {
    const { path, tag, readOnly } = share;
    const server = await startFirst(share, index, dir, notice);
    started.push({ path, tag, readOnly, over: server ? 'virtiofs' : '9p' });
    if (!server) continue;
    servers.push(server);
    void server.ended.then(async (why) => {
      await pause(graceMs, undefined, { ref: false });
      if (!stopped) notice(`The folder shared as "${tag}" is gone: ${why}`);
    });
  }
  return {
    args: shareArguments(started),
    stop: () => {
      stopped = true;
      for (const { kill } of servers) kill();
    },
  };
}

/** The first program that runs; undefined if none does, or none is meant to. */
async function startFirst(
  { path, commands }: ShareLaunch,
  index: number,
  dir: string,
  notice: (text: string) => void,
): Promise<ShareServer | undefined> {
  let why: string | undefined;
  for (const command of commands) {
    try {
      return await startShareServer(command, index, dir);
    } catch (thrown) {
      why ??= reasonOf(thrown);
    }
  }
  if (why !== undefined)
    notice(`Folder "${path}" is shared over 9p, since virtiofsd does not run here: ${why}`);
  return undefined;
}
