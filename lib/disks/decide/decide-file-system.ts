import type { DiskConfig } from '../../bundle/disks.ts';
import type { ProbedDevice } from '../observe/content.ts';
import { clearDevice } from './clear-device.ts';
import { isWanted } from './is-wanted.ts';
import type { Step } from './step.ts';

/**
 * What has to be done with the device that holds the file system, or is to hold it: that of an encrypted
 * disk is the open container. Pure.
 * @throws DiskTrouble for a device that holds something else
 */
export function decideFileSystem(
  device: Pick<ProbedDevice, 'path' | 'content' | 'readOnly'>,
  wanted: Pick<DiskConfig, 'fileSystem' | 'mount' | 'grow' | 'wipe'>,
): readonly Step[] {
  const { fileSystem, wipe } = wanted;
  if (isWanted(device.content, { fileSystem })) return useSteps(device, wanted);
  const clear = clearDevice(device, { fileSystem, wipe });
  return [...clear, ...makeSteps(device.path, fileSystem), ...useSteps(device, wanted)];
}

function makeSteps(device: string, { type, label = '' }: DiskConfig['fileSystem']): Step[] {
  if (type === 'swap') return [{ do: 'make swap', device, label }];
  return [
    { do: 'make file system', device, type },
    { do: 'finish file system', device, type, label },
  ];
}

function useSteps(
  { path: device, readOnly }: Pick<ProbedDevice, 'path' | 'readOnly'>,
  { fileSystem: { type }, mount: target, grow }: Pick<DiskConfig, 'fileSystem' | 'mount' | 'grow'>,
): Step[] {
  if (type === 'swap' || target === undefined) return [{ do: 'use swap', device }];
  return [
    // Checking repairs, and so writes.
    ...(readOnly ? [] : [{ do: 'check file system', device, type } as const]),
    { do: 'mount', device, type, target, readOnly },
    ...(grow && !readOnly ? [{ do: 'grow file system', device, type, target } as const] : []),
  ];
}
