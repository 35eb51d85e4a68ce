import type { DiskConfig } from '../../bundle/disks.ts';
import { describeContent, type ProbedDevice } from '../observe/content.ts';
import { holdsNothing } from './choose-disk.ts';
import { wantedText } from './is-wanted.ts';
import type { Step } from './step.ts';
import { DiskTrouble } from './trouble.ts';

/**
 * What has to be done before something is made on a device that has not what was asked for. Pure.
 * @throws DiskTrouble for a device that holds something, unless it may be wiped
 */
export function clearDevice(
  { content, path, readOnly }: Pick<ProbedDevice, 'path' | 'content' | 'readOnly'>,
  wanted: Pick<DiskConfig, 'encrypt' | 'fileSystem' | 'wipe'>,
): readonly Step[] {
  if (content.kind === 'unreadable') throw new DiskTrouble(`${path} cannot be read: ${content.why}`);
  if (!holdsNothing(content) && !wanted.wipe) {
    const held = describeContent(content);
    throw new DiskTrouble(`${path} holds ${held}, not ${wantedText(wanted)}, and stays as it is`);
  }
  if (readOnly) {
    const done = wanted.encrypt ? 'encrypted' : 'formatted';
    throw new DiskTrouble(`${path} is read-only, and cannot be ${done}`);
  }
  return content.kind === 'nothing' ? [] : [{ do: 'wipe', device: path }];
}
