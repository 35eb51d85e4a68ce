import { bodyBytes, type TarEntry } from '../../../lib/archive/tar.ts';
import type { Work } from '../../work.ts';
import { createdFile } from '../plan/created.ts';
import type { NamedImage } from '../plan/image-plan.ts';
import { linuxkitName } from '../plan/linuxkit-name.ts';
import { flattenImage } from './flatten.ts';

/** Alpine's list of installed packages: that of the last image would hide those of the others. */
const apkDatabase = 'lib/apk/db/installed';

/** The init images, one over another, with Alpine's lists of packages concatenated. */
export async function* flatInit(images: readonly NamedImage[], work: Work): AsyncGenerator<TarEntry> {
  const databases: Buffer[] = [];
  for (const [at, named] of images.entries()) {
    const provenance = { source: linuxkitName(named), location: `init[${at}]` };
    const { image } = named;
    for await (const entry of flattenImage({ image, prefix: '', provenance, isContainer: false }, work)) {
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
