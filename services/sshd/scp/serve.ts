import type { Audit } from '../audit.ts';
import type { ChannelOutput } from '../output.ts';
import type { ScpCommand } from './command.ts';
import { ScpDialogue } from './dialogue.ts';
import { receive } from './receive.ts';
import { send } from './send.ts';

/**
 * Serves scp's old protocol, the one of rcp, on a channel: for Dropbear's scp, `scp -O`, curl's `scp:`, and
 * libraries that have no sftp. The exit status is 1 after an error.
 */
export async function serveScp(output: ChannelOutput, command: ScpCommand, audit: Audit): Promise<void> {
  const dialogue = new ScpDialogue(output);
  try {
    await (command.mode === 'receive' ? receive : send)(dialogue, command, audit);
    output.finish(dialogue.complained ? 1 : 0, null);
  } catch (error) {
    // A client that has left hears nothing of it.
    const reason = error instanceof Error ? error.message : 'failure';
    await dialogue.complain(reason).catch(() => {});
    output.finish(1, null);
  }
}
