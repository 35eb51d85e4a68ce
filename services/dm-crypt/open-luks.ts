import { makingLabel } from '../../lib/bundle/disks.ts';
import { makeFileSystem } from '../../lib/disks/act/file-systems.ts';
import { describeContent } from '../../lib/disks/observe/content.ts';
import { contentOf } from '../../lib/disks/programs/content-of.ts';
import { finishLuks, formatLuks, openLuks, readLuksHeader } from '../../lib/disks/programs/luks.ts';
import { isUnusedExt4 } from '../../lib/disks/programs/unused-ext4.ts';
import type { RunProgram } from '../../lib/disks/run-program.ts';
import { KitError } from '../../lib/errors/errors.ts';
import type { CryptSettings } from './arguments.ts';
import { taken } from './taken.ts';

/** @returns what the mapping holds, for the log @throws KitError */
export async function openLuksMapping(
  { device, name, force }: CryptSettings,
  key: Buffer,
  run: RunProgram,
): Promise<string> {
  const content = await contentOf(device, run);
  if (content.kind === 'luks') {
    if (content.label !== makingLabel) {
      if (await openLuks(device, name, key, run))
        return describeContent(await contentOf(`/dev/mapper/${name}`, run));
      if (!force) throw await notOpened(device, run);
    }
  } else if (content.kind !== 'nothing' && !isUnusedExt4(device) && !force)
    throw taken(device, describeContent(content));
  await formatLuks(device, key, 'chosen', run);
  if (!(await openLuks(device, name, key, run)))
    throw new KitError(`Cannot open "${device}", which was encrypted just now`);
  await makeFileSystem(`/dev/mapper/${name}`, 'ext4', run, '');
  await finishLuks(device, name.slice(0, 47), run);
  return 'encrypted, with a new ext4';
}

async function notOpened(device: string, run: RunProgram): Promise<KitError> {
  const { keyslots } = await readLuksHeader(device, run);
  if (keyslots.length === 0)
    return new KitError(`Cannot open "${device}": its LUKS header has no key slot, so no key opens it`, {
      hint: '--force encrypts it anew; what it holds is lost',
    });
  return new KitError(`Cannot open "${device}": the key opens none of its ${keyslots.length} key slots`);
}
