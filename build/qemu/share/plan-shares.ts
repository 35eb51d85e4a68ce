import { reasonOf } from '../../../lib/errors/errors.ts';
import type { ShareOption } from '../../backend/request/shares.ts';
import type { ToolCommand } from '../../tools/command.ts';
import type { Tools } from '../../tools/tree.ts';
import type { Work } from '../../work.ts';
import type { QemuShare } from './share-arguments.ts';
import { type ShareServerCommand, startShareServer } from './share-server.ts';
import { sandboxes, virtiofsdCommand, virtiofsdTools } from './virtiofsd.ts';

/** Shares, and the commands of virtiofsd for those over virtiofs. */
export interface PlannedShares {
  readonly shares: readonly QemuShare[];
  readonly servers: readonly ShareServerCommand[];
}

/**
 * Decides how each folder gets into the guest: over virtiofs, where virtiofsd runs, else over 9p, in QEMU
 * itself, which is said. @param dir the machine's folder
 */
export async function planShares(
  options: readonly ShareOption[],
  dir: string,
  seccomp: boolean,
  work: Work,
): Promise<PlannedShares> {
  const shares: QemuShare[] = [];
  const servers: ShareServerCommand[] = [];
  for (const [index, option] of options.entries()) {
    const { path, tag, readOnly, only9p } = option;
    const tried = only9p ? undefined : await tryVirtiofsd(option, { index, seccomp, dir }, work);
    if (tried && 'command' in tried) servers.push({ index, tag, command: tried.command });
    if (tried && 'why' in tried)
      work.progress.line(
        `Folder "${path}" is shared over 9p, since virtiofsd does not run here: ${tried.why}`,
      );
    shares.push({ path, tag, readOnly, over: tried && 'command' in tried ? 'virtiofs' : '9p' });
  }
  return { shares, servers };
}

interface Trial {
  readonly index: number;
  readonly seccomp: boolean;
  readonly dir: string;
}

/** Runs it for a moment: what it may do on a host shows only then. */
async function tryVirtiofsd(
  option: ShareOption,
  { index, seccomp, dir }: Trial,
  work: Work,
): Promise<{ readonly command: ToolCommand } | { readonly why: string }> {
  const tools: Tools = await virtiofsdTools(work);
  let why = '';
  for (const sandbox of sandboxes) {
    const command = virtiofsdCommand(tools, { ...option, index, seccomp, sandbox });
    try {
      const server = await startShareServer(command, index, dir);
      server.kill();
      await server.ended;
      return { command };
    } catch (thrown) {
      work.signal.throwIfAborted();
      why ||= reasonOf(thrown);
    }
  }
  return { why };
}
