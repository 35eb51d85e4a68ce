import { KitError, reasonOf } from '../errors/errors.ts';
import { ByteSource } from './byte-source.ts';
import type { TarEntry } from './tar-entry.ts';
import { blockSize } from './tar-header.ts';
import { type Member, NoTar, nextMember } from './tar-member.ts';
import { expandedStream, type Segment, segmentLimit } from './tar-sparse.ts';

/** The most bytes behind the end of an archive, which tar pads to records of some kB, or MB on tapes. */
const trailingLimit = 16 << 20;

/** More files than any system has: each takes memory in whoever collects them. */
const entryLimit = 10_000_000;

/** An entry of an archive that is being read. */
export interface StoredEntry extends TarEntry {
  /** Of its stored data, in bytes from the start of the stream. */
  readonly offset: number;
  /**
   * Set for a sparse file: its stored data is that of these segments, one after another. Its body is the
   * whole file, with its zeros.
   */
  readonly segments: readonly Segment[] | undefined;
}

/**
 * The entries of an uncompressed tar (v7, ustar, PAX, GNU), in their order, with one block in memory at a
 * time. A body must be read before the next entry is requested; the rest of it is skipped. Behind the end of
 * the archive the stream is read to its own end, within bounds: its writer may still be writing padding, and
 * would fail with EPIPE. A consumer that stops before that closes the stream at once.
 * @param name of the archive in messages
 */
export async function* readTar(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  name: string,
): AsyncGenerator<StoredEntry> {
  const source = new ByteSource(stream);
  try {
    yield* entries(source, name);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    const hint = thrown instanceof NoTar ? thrown.hint : undefined;
    throw new KitError(`Cannot read archive "${name}": ${reasonOf(thrown)}`, { cause: thrown, hint });
  } finally {
    await source.close();
  }
}

async function* entries(source: ByteSource, name: string): AsyncGenerator<StoredEntry> {
  let segments = 0;
  const global = { records: [] };
  for (let count = 0; ; count += 1) {
    const member = await nextMember(source, global);
    if (!member) return readTrailing(source, count === 0);
    if (count > entryLimit) throw new RangeError(`it has more than ${entryLimit} entries`);
    segments += member.segments?.length ?? 0;
    if (segments > segmentLimit)
      throw new RangeError(`its sparse files have more than ${segmentLimit} parts`);
    yield* withBody(source, member, name);
  }
}

/** @param isEmpty before the end was no entry: a disk or file system too may begin with zeros */
async function readTrailing(source: ByteSource, isEmpty: boolean): Promise<void> {
  let bytes = 0;
  for await (const piece of source.stream(trailingLimit + 1)) {
    bytes += piece.length;
    if (isEmpty && piece.some((byte) => byte !== 0)) throw new RangeError('it is no tar archive');
  }
  if (bytes > trailingLimit) throw new RangeError(`more than ${trailingLimit} bytes follow its end`);
}

async function* withBody(
  source: ByteSource,
  { entry, stored, segments }: Member,
  name: string,
): AsyncGenerator<StoredEntry> {
  const offset = source.position;
  let left = stored;
  async function* data(count: number): AsyncGenerator<Buffer> {
    const end = left - count;
    for await (const piece of source.stream(count)) {
      left -= piece.length;
      yield piece;
    }
    // The body's consumer gets this error, so it needs the archive's name.
    if (left > end)
      throw new KitError(`Cannot read archive "${name}": it ends in the middle of "${entry.path}"`);
  }
  const body = segments
    ? expandedStream(entry.size, segments, data)
    : data(entry.type === 'file' ? stored : 0);
  yield { ...entry, offset, segments, body };
  // Skips the rest of the body, also after a consumer that stopped half-way.
  for await (const piece of source.stream(left)) left -= piece.length;
  if (left > 0) throw new RangeError(`it ends in the middle of "${entry.path}"`);
  for await (const _piece of source.stream(-stored & (blockSize - 1)));
}
