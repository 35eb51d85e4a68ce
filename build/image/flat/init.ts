import { bodyBytes, type TarEntry } from '../../../lib/archive/tar.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import type { Work } from '../../work/work.ts';
import { createdFile } from '../plan/created.ts';
import { flatImage } from './image.ts';

/** Alpine's list of installed packages: the image that comes last would hide what the others brought. */
const apkDatabase = 'lib/apk/db/installed';

/** Each init image with its expanded reference, unpacked over each other; Alpine's package lists become one. */
export async function* flatInit(
  images: readonly { readonly image: ResolvedImage; readonly source: string }[],
  work: Work,
): AsyncGenerator<TarEntry> {
  const databases: Buffer[] = [];
  for (const [at, { image, source }] of images.entries()) {
    const origin = { source, location: `init[${at}]` };
    for await (const entry of flatImage({ image, prefix: '', origin, isContainer: false }, work)) {
      if (entry.path !== apkDatabase || entry.type !== 'file') {
        yield entry;
        continue;
      }
      const content = await bodyBytes(entry);
      databases.push(content);
      yield { ...entry, body: [content] };
    }
  }
  if (databases.length < 2) return;
  const blank = Buffer.from('\n\n');
  const all = Buffer.concat(databases.flatMap((database) => [database, blank]));
  yield createdFile(apkDatabase, all, { source: 'LINUXKIT.apkinit', location: 'init' });
}
