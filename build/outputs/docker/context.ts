import { tarBytes } from '../../../lib/archive/tar.ts';
import { addedFile } from '../../image/plan/created.ts';
import { streamed } from '../streamed.ts';

/** LinuxKit's `docker`: the root file system and a Dockerfile, for `docker build - < NAME.docker`. */
export const docker = streamed('.docker', (image) => {
  const text = `\nFROM scratch\n\nCOPY . ./\n\nENTRYPOINT ${JSON.stringify(image.containerCommand)}\n`;
  return tarBytes(image.tree([addedFile('Dockerfile', text)]));
});
