import { makeFileSystem } from '../../lib/disks/act/file-systems.ts';
import { describeContent } from '../../lib/disks/observe/content.ts';
import { contentOf, isBlank } from '../../lib/disks/programs/content-of.ts';
import { isUnusedExt4 } from '../../lib/disks/programs/unused-ext4.ts';
import { type RunProgram, succeed } from '../../lib/disks/run-program.ts';
import { KitError } from '../../lib/errors/errors.ts';
import type { CryptSettings } from './arguments.ts';
import { taken } from './taken.ts';

/** LinuxKit's, whose disks it opens. */
const cipher = ['--cipher', 'aes-cbc-essiv:sha256', '--key-size', '256'];
const keyBytes = 32;

/**
 * Plain dm-crypt has no header: a wrong key shows as nothing at all, like an empty disk. So a device is only
 * made anew if it is blank, or has an ext4 file system that was never mounted. @throws KitError
 */
export async function openPlainMapping(
  { device, name, keyFile, force }: CryptSettings,
  key: Buffer,
  run: RunProgram,
): Promise<string> {
  if (key.length < keyBytes)
    throw new KitError(`Cannot use the key "${keyFile}": it has ${key.length} bytes, not ${keyBytes}`);
  const content = await contentOf(device, run);
  const isUnsigned = content.kind === 'nothing';
  const isUnused = isUnsigned ? await isBlank(device) : isUnusedExt4(device);
  if (!isUnsigned && !isUnused && !force) throw taken(device, describeContent(content));
  const mapping = `/dev/mapper/${name}`;
  const open = ['cryptsetup', 'open', '--type', 'plain', ...cipher, '--key-file', keyFile, device, name];
  await succeed(run, `open "${device}"`, open);
  const inside = await contentOf(mapping, run);
  if (inside.kind !== 'nothing') return describeContent(inside);
  if (!isUnused && !force) {
    await succeed(run, `close "${mapping}"`, ['cryptsetup', 'close', name]);
    throw taken(device, 'something that this key does not open');
  }
  await makeFileSystem(mapping, 'ext4', run, '');
  return 'encrypted, with a new ext4';
}
