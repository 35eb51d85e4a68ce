import { FieldError } from '../field-error.ts';
import { isIn } from '../oci/is-in.ts';
import { sortedMounts } from '../oci/mounts.ts';
import type { Spec, SpecMount } from '../oci/oci-runtime.ts';
import { idCount } from '../users/id-ranges.ts';

/** A folder that an image declares as a volume, as the image has it. */
export interface ImageVolume {
  /** `/var/lib/redis` */
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Of the files in it. */
  readonly bytes: number;
}

/** The OCI runtime copies them at every start. */
const mostBytes = 64 << 20;

/**
 * Not in LinuxKit: with a read-only root, each volume of the image is a tmpfs that starts with the files
 * that the image has there, unless the entry mounts something at the path or above it. Docker makes an
 * anonymous volume. What is written counts as memory of the service.
 * @throws FieldError for one with more files than should be copied
 */
export function withImageVolumes(spec: Spec, volumes: readonly ImageVolume[]): Spec {
  if (!spec.root.readonly) return spec;
  const own = volumes.filter(({ path }) => !spec.mounts.some(({ destination }) => isIn(path, destination)));
  const large = own.find(({ bytes }) => bytes > mostBytes);
  if (large) throw tooLarge(large);
  return own.length === 0
    ? spec
    : { ...spec, mounts: sortedMounts([...spec.mounts, ...own.map(volumeMount)]) };
}

/** `tmpcopyup` is an option of crun and runc, not of the kernel. */
function volumeMount({ path, mode, uid, gid }: ImageVolume): SpecMount {
  const options = ['nosuid', 'nodev', 'tmpcopyup', `mode=${mode.toString(8)}`];
  const owner = uid < idCount && gid < idCount ? [`uid=${uid}`, `gid=${gid}`] : [];
  return { destination: path, type: 'tmpfs', source: 'tmpfs', options: [...options, ...owner] };
}

function tooLarge({ path, bytes }: ImageVolume): FieldError {
  const size = `${Math.ceil(bytes / (1 << 20))} MiB`;
  return new FieldError(
    ['image'],
    `its volume "${path}" has ${size} of files, which a read-only root would copy into memory at each start`,
    `bind a volume or a disk there, binds: [NAME:${path}], or set readonly: false`,
  );
}
