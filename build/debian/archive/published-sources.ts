import { KitError } from '../../../lib/errors/errors.ts';
import type { Work } from '../../work.ts';
import type { DebianSource, LockedPackage } from '../source.ts';
import { packageLists } from './package-list.ts';
import { type Stanza, stanzas } from './published.ts';
import type { Suite } from './suites.ts';

/** One version of a source package that a suite has. */
export interface PublishedSource {
  readonly version: string;
  /** Its files: the .dsc, and the archives that this names. */
  readonly files: readonly LockedPackage[];
  readonly suite: Suite;
}

/** Every version of a source package that the suites of a release have. */
export async function publishedSources(
  name: string,
  source: Pick<DebianSource, 'suite' | 'components'>,
  work: Work,
): Promise<PublishedSource[]> {
  const found: PublishedSource[] = [];
  for (const suite of await packageLists(source, 'source', work)) {
    for await (const fields of stanzas(suite.file, new Set([name]))) found.push(sourceOf(fields, suite));
  }
  return found;
}

function sourceOf(fields: Stanza, suite: Suite): PublishedSource {
  const name = fields.get('Package') ?? '';
  const [version, folder] = [fields.get('Version') ?? '', fields.get('Directory') ?? ''];
  // Signatures of upstream's are for people: the .dsc has the hash of what they sign.
  const rows = checksums(fields.get('Checksums-Sha256') ?? '').filter(({ file }) => !file.endsWith('.asc'));
  if (
    version === '' ||
    !/^pool\/(?!.*\.\.)/.test(folder) ||
    !rows.some(({ file }) => file.endsWith('.dsc'))
  ) {
    throw new KitError(`Cannot read Debian's list of sources: "${name}" lacks its version or its files`);
  }
  const { name: suiteName, archive } = suite;
  const files = rows.map(({ file, size, sha256 }) => ({
    ...{ name: `src:${name}`, version, architecture: 'source' },
    ...(archive === 'security' && { suite: suiteName }),
    ...{ filename: `${folder}/${file}`, size, sha256 },
  }));
  return { version, files, suite };
}

/** The rows of a field Checksums-Sha256: `HASH SIZE NAME`. */
export function checksums(field: string): { file: string; size: number; sha256: string }[] {
  const rows = field.matchAll(/^\s*([0-9a-f]{64})\s+(\d{1,15})\s+([A-Za-z0-9][\w.+~-]*)\s*$/gm);
  return [...rows].map(([, sha256 = '', size, file = '']) => ({ file, size: Number(size), sha256 }));
}
