import type { ShareOption } from '../../backend/request/shares.ts';
import type { Work } from '../../work.ts';
import type { ShareLaunch } from './share-arguments.ts';
import { sandboxes, virtiofsdCommand, virtiofsdTools } from './virtiofsd.ts';

/** The programs for each folder. What they may do on this host shows only when they run (start-shares.ts). */
export async function planShares(
  options: readonly ShareOption[],
  seccomp: boolean,
  work: Work,
): Promise<ShareLaunch[]> {
  const shares: ShareLaunch[] = [];
  for (const [index, { path, tag, readOnly, only9p }] of options.entries()) {
    const tools = only9p ? undefined : await virtiofsdTools(work);
    const commands = sandboxes.flatMap((sandbox) =>
      tools ? [virtiofsdCommand(tools, { path, readOnly, index, seccomp, sandbox })] : [],
    );
    shares.push({ path, tag, readOnly, commands });
  }
  return shares;
}
