import { KitError } from '../../../lib/errors/errors.ts';

/** Reads bytes of an archive: fewer at its end. */
export type ReadAt = (at: number, count: number) => Promise<Buffer>;

/** A file in an archive, and where its body lies. */
export interface CpioFile {
  /** `layers/index`: no leading `/` or `./`. */
  readonly path: string;
  /** As stat(2) has it, with the type. */
  readonly mode: number;
  readonly at: number;
  readonly bytes: number;
}

const headerBytes = 110;
/** PATH_MAX, with its zero. */
const nameLimit = 4096;
const trailer = 'TRAILER!!!';

/**
 * The entries of an uncompressed initramfs, in their order: newc archives one after another with zeros between them
 * (Documentation/driver-api/early-userspace/buffer-format.rst). Nothing of the bodies is read.
 *
 * ```
 * 0 "070701" | 14 mode | 54 bytes of the body | 94 bytes of the name with its zero | … 8 hex digits each
 * 110 name | to the next multiple of 4: body | to the next multiple of 4: the next entry
 * ```
 */
export async function* readCpio(read: ReadAt, title: string): AsyncGenerator<CpioFile> {
  for (let at = 0; ; ) {
    const header = await read(at, headerBytes + nameLimit);
    if (header.length === 0) return;
    if (header[0] === 0) {
      at += zeros(header);
      continue;
    }
    const entry = entryAt(header, at, title);
    if (entry.path !== trailer) yield entry;
    at = align(entry.at + entry.bytes);
  }
}

/** Archives begin at multiples of 4, so zeros are passed over in such steps. */
function zeros(bytes: Buffer): number {
  const first = bytes.findIndex((byte) => byte !== 0);
  if (first !== -1) return Math.max(4, first & ~3);
  return Math.max(bytes.length & ~3, 4);
}

function entryAt(header: Buffer, at: number, title: string): CpioFile {
  const text = header.toString('latin1', 0, headerBytes);
  if (!/^07070[12][0-9a-fA-F]{104}$/.test(text)) throw unreadable(title, at, 'there is no newc header');
  const field = (offset: number): number => Number.parseInt(text.slice(offset, offset + 8), 16);
  const [mode, bytes, nameBytes] = [field(14), field(54), field(94)];
  if (nameBytes < 1 || nameBytes > nameLimit || headerBytes + nameBytes > header.length)
    throw unreadable(title, at, `a name of ${nameBytes} bytes`);
  const path = header.toString('utf8', headerBytes, headerBytes + nameBytes - 1).replace(/^(?:\.?\/)+/, '');
  return { path, mode, at: align(at + headerBytes + nameBytes), bytes };
}

const align = (at: number): number => Math.ceil(at / 4) * 4;

const unreadable = (title: string, at: number, why: string): KitError =>
  new KitError(`Cannot read initrd "${title}": at byte ${at}: ${why}`);
