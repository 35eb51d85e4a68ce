import { tarBytes } from '../../../lib/archive/tar.ts';
import type { BootImage } from '../../image/plan/boot-image.ts';
import { addedFile } from '../../image/plan/created.ts';

/** LinuxKit's `docker`: the root file system and a Dockerfile, for `docker build - < NAME.docker`. */
export function dockerContext(image: BootImage): AsyncIterable<Uint8Array> {
  const text = `\nFROM scratch\n\nCOPY . ./\n\nENTRYPOINT ${JSON.stringify(image.containerCommand)}\n`;
  return tarBytes(image.tree([addedFile('Dockerfile', text)]));
}
