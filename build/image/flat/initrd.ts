import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { TarEntry } from '../../../lib/archive/tar.ts';
import { cpioBytes } from '../../binary/cpio/cpio-bytes.ts';
import { gzipBytes } from '../../binary/gzip/gzip.ts';
import { derivedFolder } from '../../cache/derived.ts';
import type { FilePiece } from '../../pieces/piece.ts';
import type { TreeWalk } from '../../tree/tree.ts';
import type { Work } from '../../work.ts';

/** Facts about a tree as a newc archive, known once it has been read. */
export interface ArchiveFacts {
  /** SHA-256 of the archive: 64 hex digits. */
  readonly digest: string;
  readonly bytes: number;
  /** Paths with extended attributes, which the format cannot hold. */
  readonly withXattrs: readonly string[];
}

/** Reads a tree to its end. */
export async function archiveFacts(walk: TreeWalk, { signal }: Work): Promise<ArchiveFacts> {
  const hash = createHash('sha256');
  const withXattrs = new Set<string>();
  let bytes = 0;
  for await (const piece of cpioBytes(() => notingXattrs(walk(), withXattrs))) {
    signal.throwIfAborted();
    hash.update(piece);
    bytes += piece.length;
  }
  return { digest: hash.digest('hex'), bytes, withXattrs: [...withXattrs] };
}

async function* notingXattrs(entries: ReturnType<TreeWalk>, paths: Set<string>): AsyncGenerator<TarEntry> {
  for await (const entry of entries) {
    if ([...entry.pax.keys()].some((key) => key.startsWith('SCHILY.xattr.'))) paths.add(entry.path);
    yield entry;
  }
}

/**
 * The tree as a gzip of one newc archive, from the cache or compressed into it. Reading a tree takes a
 * fraction of the time of compressing it, so its digest is taken first.
 */
export async function flatInitrd(walk: TreeWalk, facts: ArchiveFacts, work: Work): Promise<FilePiece> {
  const { digest, bytes, withXattrs } = facts;
  const [first, ...others] = withXattrs;
  if (first !== undefined) {
    const whose = others.length === 0 ? `those of ${first}` : `those of ${first} and ${others.length} more`;
    work.progress.line(`An initrd holds no extended attributes (file capabilities): ${whose} are lost`);
  }
  const folder = await derivedFolder(work, `gzip 1 ${digest}`, (made) =>
    work.progress.task(`Compress the root file system (${(bytes / 1e6).toFixed(1)} MB)`, () => {
      const { signal } = work;
      return pipeline(gzipBytes(cpioBytes(walk)), createWriteStream(join(made, 'initrd.gz')), { signal });
    }),
  );
  const file = join(folder, 'initrd.gz');
  return { file, bytes: (await stat(file)).size };
}
