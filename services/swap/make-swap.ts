import { statfsSync, statSync } from 'node:fs';
import { describeContent } from '../../lib/disks/observe/content.ts';
import { contentOf } from '../../lib/disks/programs/content-of.ts';
import { openEncryptedSwap } from '../../lib/disks/programs/encrypted-swap.ts';
import { makeSwapFile } from '../../lib/disks/programs/swap-file.ts';
import { type RunProgram, succeed } from '../../lib/disks/run-program.ts';
import { codeOf, KitError, reasonOf } from '../../lib/errors/errors.ts';
import { isMounted } from '../../lib/linux/mount/mountinfo.ts';
import { swapOn } from '../../lib/linux/system/swap.ts';
import type { SwapSettings } from './arguments.ts';
import type { SwapCondition } from './condition.ts';

export interface SwapTools {
  readonly run: RunProgram;
  say(line: string): void;
}

/**
 * Makes swap space of a file or a device, and uses it. A file or device that holds anything but swap space is
 * refused; what was swapped before is of no use to a machine that has booted. @throws KitError
 */
export async function makeSwap(settings: SwapSettings, { run, say }: SwapTools): Promise<void> {
  const { path, bytes, encrypt } = settings;
  for (const condition of settings.conditions) {
    const reason = reasonAgainst(condition);
    if (reason === undefined) continue;
    if (condition.isRequired) throw new KitError(`Cannot swap to "${path}": ${reason}`);
    return say(`no swap: ${reason}`);
  }
  if (bytes === undefined) await checkDevice(path, run);
  else await makeSwapFile(path, bytes, run);
  const device = encrypt ? await openEncryptedSwap(path, run) : path;
  if (!encrypt) await succeed(run, `make swap space of "${path}"`, ['mkswap', '--quiet', path]);
  try {
    swapOn(device);
  } catch (thrown) {
    throw new KitError(`Cannot swap to "${path}": ${reasonOf(thrown)}`, {
      hint: codeOf(thrown) === 'EINVAL' ? 'a file in memory (tmpfs) cannot be swap space' : undefined,
      cause: thrown,
    });
  }
  say(`swapping to ${path}${encrypt ? ', encrypted with a key of this boot' : ''}`);
}

function reasonAgainst(condition: SwapCondition): string | undefined {
  const { path, kind } = condition;
  if (kind === 'part') return isMounted(path) ? undefined : `"${path}" is no mount point`;
  try {
    const { blocks, bsize } = statfsSync(path);
    if (blocks * bsize >= condition.bytes) return undefined;
    return `the file system of "${path}" has ${blocks * bsize} bytes, not ${condition.bytes}`;
  } catch (thrown) {
    return reasonOf(thrown);
  }
}

async function checkDevice(path: string, run: RunProgram): Promise<void> {
  if (!statSync(path).isBlockDevice()) throw new KitError(`Cannot swap to "${path}": it is no block device`);
  const content = await contentOf(path, run);
  const isSwap = content.kind === 'file system' && content.type === 'swap';
  if (content.kind !== 'nothing' && !isSwap)
    throw new KitError(`Cannot swap to "${path}": it holds ${describeContent(content)}`);
}
