import { type FileHandle, open } from 'node:fs/promises';
import { partAt } from './part.ts';

/** Where a file of an image differs from what was built again. */
export interface Difference {
  /** Its path. */
  readonly file: string;
  /** Of the first byte that differs; null when the whole file is missing. */
  readonly offset: number | null;
  /** The entry there: `layers/3f2a….erofs` of an initrd, a path of a tar; null for other formats. */
  readonly part: string | null;
  readonly cause: string;
}

const chunkBytes = 1 << 20;

/** The first difference of `file` from the freshly built `wanted`; undefined when there is none. */
export async function firstDifference(
  file: string,
  wanted: string,
  signal: AbortSignal,
): Promise<Difference | undefined> {
  const own = await open(file).catch(() => undefined);
  if (!own) return { file, offset: null, part: null, cause: 'it is not there' };
  try {
    await using fresh = await open(wanted);
    const found = await differingBytes(own, fresh, signal);
    if (!found) return undefined;
    return {
      file,
      offset: found.first,
      part: (await partAt(wanted, found.first)) ?? null,
      cause: causeOf(found),
    };
  } finally {
    await own.close();
  }
}

interface Differing {
  readonly first: number;
  /** The number of bytes that differ within the length of the shorter file. */
  readonly count: number;
  readonly bytes: number;
  readonly wantedBytes: number;
}

async function differingBytes(
  own: FileHandle,
  fresh: FileHandle,
  signal: AbortSignal,
): Promise<Differing | undefined> {
  const [{ size: bytes }, { size: wantedBytes }] = await Promise.all([own.stat(), fresh.stat()]);
  const [a, b] = [Buffer.alloc(chunkBytes), Buffer.alloc(chunkBytes)];
  const common = Math.min(bytes, wantedBytes);
  let first = -1;
  let count = 0;
  for (let at = 0; at < common; at += chunkBytes) {
    signal.throwIfAborted();
    const length = Math.min(chunkBytes, common - at);
    await Promise.all([own.read(a, 0, length, at), fresh.read(b, 0, length, at)]);
    if (a.subarray(0, length).equals(b.subarray(0, length))) continue;
    for (let index = 0; index < length; index++) {
      if (a[index] === b[index]) continue;
      if (first < 0) first = at + index;
      count += 1;
    }
    // Further differences change nothing in the message.
    if (count > fewBytes) break;
  }
  if (first < 0 && bytes === wantedBytes) return undefined;
  return { first: first < 0 ? common : first, count, bytes, wantedBytes };
}

/** Up to this many differing bytes mean damage of a finished file; another input changes more. */
const fewBytes = 64;

function causeOf({ count, bytes, wantedBytes }: Differing): string {
  if (bytes < wantedBytes && count === 0) return `it ends too early: ${bytes} of ${wantedBytes} bytes`;
  if (bytes > wantedBytes && count === 0) return `${bytes - wantedBytes} bytes were added to its end`;
  if (bytes === wantedBytes && count <= fewBytes) {
    const changed = count === 1 ? 'one byte was' : `${count} bytes were`;
    return `${changed} changed after it was built: a damaged disk or download`;
  }
  return 'it was built from something else: another kit, manifest, package, lock file or flag';
}
