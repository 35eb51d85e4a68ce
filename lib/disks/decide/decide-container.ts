import type { DiskConfig, EncryptConfig } from '../../bundle/disks.ts';
import type { ProbedDevice } from '../observe/content.ts';
import { clearDevice } from './clear-device.ts';
import { isWanted } from './is-wanted.ts';
import type { Step } from './step.ts';

type Device = Pick<ProbedDevice, 'path' | 'content' | 'readOnly'>;
type Wanted = Pick<DiskConfig, 'name' | 'fileSystem' | 'wipe'> & { readonly encrypt: EncryptConfig };

/**
 * What has to be done before the device that holds the file system is there as /dev/mapper/NAME. A container
 * is something, whatever may be in it: it is not made anew because its key does not open it. Pure.
 * @throws DiskTrouble for a device that holds something else
 */
export function decideContainer(device: Device, wanted: Wanted): readonly Step[] {
  const open = openSteps(device, wanted);
  if (isWanted(device.content, wanted)) return open;
  const { encrypt, name, fileSystem } = wanted;
  const { label = name } = fileSystem;
  const clear = clearDevice(device, wanted);
  // A header that says to the next boot what the rest is: neither data nor an empty disk.
  if (encrypt.kind === 'throwaway')
    return [...clear, { do: 'make swap', device: device.path, label }, ...open];
  return [
    ...clear,
    { do: 'make container', device: device.path, key: encrypt.key },
    // Before it gets its label: whatever gives the key at the next boots has given it once.
    ...open,
    { do: 'finish container', device: device.path, name, label },
  ];
}

const openSteps = ({ path: device, readOnly }: Device, { name, encrypt }: Wanted): Step[] =>
  encrypt.kind === 'luks2'
    ? [{ do: 'open container', device, name, key: encrypt.key, readOnly }]
    : [{ do: 'open throw-away', device, name }];
