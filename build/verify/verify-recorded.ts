import { KitError } from '../../lib/errors/errors.ts';
import type { Arch } from '../host/arch.ts';
import type { Work } from '../work.ts';
import { findRecord } from './record.ts';
import { type Verified, verifyImage } from './verify.ts';

/**
 * Verifies an image that was built here: kit has recorded its manifests and options.
 * @param path absolute @param shown its name in messages @param workOn gives the work for an architecture
 * @throws KitError if there is no record
 */
export async function verifyRecorded(
  path: string,
  shown: string,
  workOn: (arch?: Arch) => Work,
): Promise<Verified> {
  const record = await findRecord(path, workOn());
  if (!record) {
    throw new KitError(`Cannot verify "${shown}": kit has no record of how it was built`, {
      hint: 'pass its manifests, and the flags of kit build: kit verify IMAGE FILE…',
      exitCode: 2,
    });
  }
  const manifests = record.manifests.map(({ file }) => file);
  return verifyImage(manifests, record.options, workOn(record.arch), record);
}
