import { KitError } from '../../lib/errors/errors.ts';
import type { RunRequest } from '../backend/request/request.ts';
import type { Arch } from '../host/arch.ts';
import type { FoundImage } from '../media/found-image.ts';
import { sataPorts } from './devices/disk.ts';

type Wanted = Pick<RunRequest, 'hardware' | 'networking' | 'disks' | 'data' | 'image'>;

/** What nobody can check, of an image that is built already: its files do not name the drivers. */
export const unknownDrivers = ({ hardware, image }: Wanted, { drivers }: FoundImage): string | undefined =>
  hardware === 'server' && drivers === undefined
    ? `The drivers of "${image}" are not known: without e1000e it has no network, without ahci no disk`
    : undefined;

/**
 * Refuses a server with more disks than it has ports, one of another architecture, and one for an image whose
 * kernel has no drivers for it: it would boot, since kernel and initrd need no disk, and then wait for its
 * network. @throws KitError
 */
export function checkHardware(request: Wanted, { boot, drivers }: FoundImage, arch: Arch): void {
  if (request.hardware !== 'server') return;
  if (arch !== 'amd64') {
    throw new KitError(`Cannot run "${request.image}" for ${arch} on hardware "server": it is a PC`, {
      hint: 'without --hardware, machines of arm64 have a board for virtual machines',
      exitCode: 2,
    });
  }
  const most = sataPorts.count - sataPorts.disks;
  if (request.disks.length > most) {
    const count = request.disks.length;
    throw new KitError(`Cannot attach ${count} disks to hardware "server": it has ports for ${most}`, {
      exitCode: 2,
    });
  }
  const known = new Set(drivers);
  const missing = needed(request, boot).filter(({ name }) => !known.has(name));
  if (drivers === undefined || missing.length === 0) return;
  const texts = missing.map(({ name, of }) => `"${name}", for ${of}`);
  throw new KitError(
    `Cannot run "${request.image}" on hardware "server": its kernel lacks ${texts.join('; ')}`,
    { hint: 'kernel: {image: pkg/kernel-metal} has the drivers of servers (docs/kernel.md)' },
  );
}

interface Driver {
  readonly name: string;
  readonly of: string;
}

function needed({ networking, disks, data }: Wanted, boot: FoundImage['boot']): Driver[] {
  const hasDisks = disks.length > 0 || boot.kind !== 'kernel' || boot.root !== null;
  return [
    ...(networking.kind === 'none' ? [] : [{ name: 'e1000e', of: 'its network' }]),
    ...(hasDisks ? [{ name: 'ahci', of: 'its disks' }] : []),
    ...(data === undefined ? [] : [{ name: 'usb_storage', of: 'its metadata' }]),
  ];
}
