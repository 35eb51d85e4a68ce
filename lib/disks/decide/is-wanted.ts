import type { DiskConfig } from '../../bundle/disks.ts';
import type { Content } from '../observe/content.ts';
import { holdsNothing } from './choose-disk.ts';

type Wanted = Pick<DiskConfig, 'encrypt' | 'fileSystem'>;

/**
 * Whether a device, or the partition that is to hold everything, has what was asked for: the file system, or
 * what is around it. An unfinished one has not, whatever label was asked for.
 */
export function isWanted(content: Content, { encrypt, fileSystem: { type, label } }: Wanted): boolean {
  if (holdsNothing(content) || !('label' in content)) return false;
  const isKind =
    encrypt?.kind === 'luks2'
      ? content.kind === 'luks' && content.version === '2'
      : content.kind === 'file system' && content.type === type;
  return isKind && (label === undefined || content.label === label);
}

/** In words: `ext4 "data"`, `LUKS2 "data"`. */
export function wantedText({ encrypt, fileSystem: { type, label } }: Wanted): string {
  const what = encrypt?.kind === 'luks2' ? 'LUKS2' : type;
  return label === undefined ? what : `${what} "${label}"`;
}
