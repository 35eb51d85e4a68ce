import { nameOfBytes } from '../../../lib/archive/file-names.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import type { RandomAccess } from '../../../lib/volumes/random-access.ts';
import { isZstdFrame, readZstdFrame } from '../zstd/frame.ts';
import { headerBytes, isCpio, nameLimit, trailerName } from './header.ts';

/** An entry of an archive, and where it lies. */
export interface CpioFile {
  /** `layers/index`: no leading `/` or `./`. */
  readonly path: string;
  /** As in stat(2), with the type. */
  readonly mode: number;
  /** The initramfs, or the unpacked bytes of an archive in it that is compressed. */
  readonly source: RandomAccess;
  /** Where that archive lies in the initramfs. */
  readonly frame: { readonly at: number; readonly bytes: number } | undefined;
  /** Positions of the header and of the body in `source`. */
  readonly headerAt: number;
  readonly at: number;
  /** Length of the body. */
  readonly bytes: number;
}

/** What kit compresses is a tenth of it. */
const mostCompressed = 32 << 20;

/**
 * The entries of an initramfs, in their order: newc archives one after another, with zeros between them. An
 * archive behind the first may be compressed by zstd, as the kernel allows. Bodies are not read.
 * @param title what messages call the initramfs
 */
export const readCpio = (initramfs: RandomAccess, title: string): AsyncGenerator<CpioFile> =>
  entriesIn(initramfs, undefined, title);

/** @param frame of the archive that `source` was compressed as; it has no other in it */
async function* entriesIn(
  source: RandomAccess,
  frame: CpioFile['frame'],
  title: string,
): AsyncGenerator<CpioFile> {
  for (let at = 0; ; ) {
    const header = await source.read(at, headerBytes + nameLimit);
    if (header.length === 0) return;
    if (header[0] === 0) {
      at += zeros(header);
    } else if (frame === undefined && at > 0 && isZstdFrame(header)) {
      const found = await readZstdFrame(source, at, mostCompressed);
      if (!found) throw unreadable(title, at, 'its compressed archive is damaged');
      const { bytes, content } = found;
      const unpacked: RandomAccess = { read: async (from, count) => content.subarray(from, from + count) };
      yield* entriesIn(unpacked, { at, bytes }, title);
      at = align(at + bytes);
    } else {
      const entry = entryAt(header, at, title);
      if (entry.path !== trailerName) yield { ...entry, source, frame };
      at = align(entry.at + entry.bytes);
    }
  }
}

/** Archives begin at multiples of 4, so zeros are skipped in such steps. */
function zeros(bytes: Buffer): number {
  const first = bytes.findIndex((byte) => byte !== 0);
  if (first !== -1) return Math.max(4, first & ~3);
  return Math.max(bytes.length & ~3, 4);
}

function entryAt(header: Buffer, at: number, title: string): Omit<CpioFile, 'source' | 'frame'> {
  const text = header.toString('latin1', 0, headerBytes);
  if (!isCpio(header) || !/^[0-9a-fA-F]{104}$/.test(text.slice(6)))
    throw unreadable(title, at, 'there is no newc header');
  const field = (offset: number): number => Number.parseInt(text.slice(offset, offset + 8), 16);
  const [mode, bytes, nameBytes] = [field(14), field(54), field(94)];
  if (nameBytes < 1 || nameBytes > nameLimit || headerBytes + nameBytes > header.length)
    throw unreadable(title, at, `a name of ${nameBytes} bytes`);
  const path = nameOfBytes(header.subarray(headerBytes, headerBytes + nameBytes - 1)).replace(
    /^(?:\.?\/)+/,
    '',
  );
  return { path, mode, headerAt: at, at: align(at + headerBytes + nameBytes), bytes };
}

const align = (at: number): number => Math.ceil(at / 4) * 4;

const unreadable = (title: string, at: number, why: string): KitError =>
  new KitError(`Cannot read initrd "${title}": at byte ${at}: ${why}`);
