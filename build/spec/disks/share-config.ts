import { type ShareConfig, shareMount } from '../../../lib/bundle/disks.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Located, VolumeEntry } from '../../manifest/types.ts';
import { FieldError } from '../field-error.ts';

/** What the guest reads of a folder of the host; undefined for another volume. @throws FieldError */
export function shareConfig(entry: VolumeEntry): ShareConfig | undefined {
  const { name, share, disk, image, format, platforms, readonly = false, onFailure } = entry;
  if (share === undefined) {
    if (onFailure === undefined) return undefined;
    const where = disk === undefined ? 'add `share: TAG`' : 'that of a disk is set in its item of `disks:`';
    throw new FieldError(['onFailure'], 'onFailure is for volumes that are folders of the host', where);
  }
  if (disk !== undefined)
    throw new FieldError(['share'], 'A volume is a folder of a disk or of the host, not of both');
  const filled = Object.entries({ image, format, platforms }).find(([, value]) => value !== undefined);
  if (filled)
    throw new FieldError([filled[0]], `A volume of the host has the host's files: it takes no ${filled[0]}`);
  return {
    name,
    tag: share,
    mount: shareMount(name),
    readOnly: readonly,
    onFailure: onFailure ?? 'continue',
  };
}

/** Errors of volumes that are one folder: one mount of it could not be read-only while another is not. */
export function sharedTwice(volumes: readonly Located<VolumeEntry>[]): KitError[] {
  const used = new Map<string, string>();
  return volumes.flatMap(({ value: { name, share }, origin }) => {
    const other = share === undefined ? undefined : used.get(share);
    if (share !== undefined) used.set(share, name);
    const message = `Volume "${other}" is the same folder of the host`;
    return other === undefined ? [] : [new KitError(message, { place: origin.place(['share']) })];
  });
}
