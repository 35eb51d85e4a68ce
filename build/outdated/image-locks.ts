import type { Digest } from '../../lib/oci/types.ts';
import { type Arch, hostArch } from '../host/arch.ts';
import { lockImages } from '../images/lock-images.ts';
import { lockFile, readImageLock } from '../lock/lock-file.ts';
import { lockName } from '../lock/names.ts';
import { imageRefs } from '../manifest/images/image-refs.ts';
import type { Located, Manifest } from '../manifest/types.ts';
import { shownPath } from '../packages/definition/shown-path.ts';
import type { ImageRef } from '../reference/image-ref.ts';
import { withDefaultTag } from '../reference/reference.ts';
import { clientOf } from '../registry/clients.ts';
import { defaultSources, type Work } from '../work.ts';
import type { OutdatedRow } from './row.ts';

/**
 * The images of registries whose tags have moved since kit.lock, or since the digest in the manifest. Without
 * either there is nothing to compare. With --offline, no registry is asked.
 */
export async function outdatedImages(manifest: Manifest, work: Work): Promise<OutdatedRow[]> {
  const sources = work.sources ?? defaultSources;
  if (sources.offline) return [];
  const rows = new Map<string, OutdatedRow>();
  for (const ref of imageRefs(manifest)) {
    const key = `${ref.origin.folder} ${ref.value.text}`;
    const row = rows.has(key) ? undefined : await movedTag(ref, work);
    if (row) rows.set(key, row);
  }
  return [...rows.values()];
}

async function movedTag(ref: Located<ImageRef>, work: Work): Promise<OutdatedRow | undefined> {
  if (ref.value.kind !== 'registry') return undefined;
  const { folder } = ref.origin;
  const { text, name } = ref.value;
  const { digest, ...tagged } = name;
  const locked = (await readImageLock(folder))?.get(lockName(ref));
  const from = digest ?? (typeof locked === 'string' ? locked : undefined);
  if (from === undefined || (digest !== undefined && tagged.tag === undefined)) return undefined;
  const reference = withDefaultTag(tagged);
  const ask = (): Promise<Digest | undefined> => clientOf(work).digestOf(reference);
  const to = await work.progress.task(`Ask the registry for ${text}`, ask);
  if (to === undefined || to === from) return undefined;
  return {
    ...{ lock: shownPath(digest === undefined ? lockFile(folder) : ref.origin.file), kind: 'image' },
    ...{ name: text, source: null, arches: [], from, to, suite: null, security: null },
  };
}

/** Locks the manifest's images again as their registries have them now, where there is a kit.lock. */
export async function renewImages(
  manifest: Manifest,
  arches: readonly Arch[],
  work: Work,
): Promise<OutdatedRow[]> {
  const folders = new Set(imageRefs(manifest).map(({ origin }) => origin.folder));
  const before = new Map(
    await Promise.all([...folders].map(async (folder) => [folder, await readImageLock(folder)] as const)),
  );
  if ([...before.values()].every((lock) => lock === undefined)) return [];
  const sources = { ...(work.sources ?? defaultSources), pull: true };
  const written = await lockImages(manifest, arches.length > 0 ? arches : [hostArch], { ...work, sources });
  return written.flatMap(({ file, images, changed }) =>
    changed.map((name): OutdatedRow => {
      const old = [...before.values()].map((lock) => lock?.get(name)).find(Boolean);
      return {
        ...{ lock: shownPath(file), kind: 'image', name, source: null, arches: [] },
        ...{ from: old === undefined ? null : digestText(old), to: digestText(images[name] ?? '') },
        ...{ suite: null, security: null },
      };
    }),
  );
}

const digestText = (image: string | Readonly<Record<string, string | undefined>>): string =>
  typeof image === 'string' ? image : Object.values(image).filter(Boolean).join(' ');
