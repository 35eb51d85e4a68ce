import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bodyBytes } from '../../lib/archive/tar.ts';
import { derivedJson } from '../cache/derived.ts';
import { debEntries } from '../debian/deb.ts';
import { xzOf } from '../tools/xz.ts';
import type { Work } from '../work.ts';
import { controlParagraphs, sourceOf } from './control-fields.ts';
import { copyrightLimit, licenceOf } from './copyright.ts';

/** What a Debian package says of itself. */
export interface DebFacts {
  readonly source: { readonly name: string; readonly version: string };
  /** An SPDX expression. */
  readonly license?: string;
  /** The package that its /usr/share/doc is a link to. */
  readonly docsOf?: string;
}

/** Of a package whose archive is in the cache; undefined for others. @param sha256 of the archive */
export async function debFacts(sha256: string, work: Work): Promise<DebFacts | undefined> {
  const file = join(work.cache.dir, 'debs', `${sha256}.deb`);
  if (!existsSync(file)) return undefined;
  return derivedJson(work, `facts of a Debian package 1 ${sha256}`, () => readFacts(file, work));
}

async function readFacts(file: string, work: Work): Promise<DebFacts> {
  const xz = await xzOf(work);
  let control: ReadonlyMap<string, string> = new Map();
  for await (const entry of debEntries(file, xz, work, 'control')) {
    if (entry.path.replace(/^\.\//, '') !== 'control' || entry.size > copyrightLimit) continue;
    control = controlParagraphs((await bodyBytes(entry)).toString()).next().value ?? control;
  }
  const own = `usr/share/doc/${control.get('package') ?? ''}`;
  const found: { license?: string; docsOf?: string } = {};
  for await (const entry of debEntries(file, xz, work)) {
    const path = entry.path.replace(/^\.\//, '');
    const target =
      entry.linkname
        .replace(/\/copyright$/, '')
        .split('/')
        .at(-1) ?? '';
    if (entry.type === 'symlink' && (path === own || path === `${own}/copyright`)) found.docsOf = target;
    if (entry.type !== 'file' || path !== `${own}/copyright` || entry.size > copyrightLimit) continue;
    const license = licenceOf((await bodyBytes(entry)).toString());
    if (license !== undefined) found.license = license;
  }
  return { source: sourceOf(control), ...found };
}
