import { both32, recordingDate } from './numbers.ts';
import type { Inode } from './tree.ts';

/**
 * The fields of a file that ISO 9660 has no place for: IEEE P1282 (RRIP), each in the frame of IEEE P1281 (SUSP)
 *
 *   signature, 2 letters | length of all, u8 | version, u8 | …
 */
export function rockRidge(name: string, inode: Inode): Buffer[] {
  const { entry } = inode;
  return [
    posixAttributes(inode),
    timeStamps(entry.mtime),
    ...alternateName(name),
    ...(entry.type === 'char' || entry.type === 'block' ? [deviceNumber(entry)] : []),
    ...(entry.type === 'symlink' ? symbolicLink(entry.linkname) : []),
  ];
}

/** What a folder's records of itself and of its parent say. */
export const ownRockRidge = (inode: Inode): Buffer[] => [
  posixAttributes(inode),
  timeStamps(inode.entry.mtime),
];

/** SP: the first field of the volume's first record says that there are such fields. SUSP 5.3 */
export const indicator = field('SP', [Buffer.from([0xbe, 0xef, 0])]);

/** ER: which fields they are. SUSP 5.5: lengths of three texts, the extension's version, the texts. */
export const extensions = ((): Buffer => {
  const texts = [
    'RRIP_1991A',
    'THE ROCK RIDGE INTERCHANGE PROTOCOL PROVIDES SUPPORT FOR POSIX FILE SYSTEM SEMANTICS',
    'PLEASE CONTACT DISC PUBLISHER FOR SPECIFICATION SOURCE.  SEE PUBLISHER IDENTIFIER IN PRIMARY VOLUME DESCRIPTOR FOR CONTACT INFORMATION.',
  ].map((text) => Buffer.from(text));
  return field('ER', [Buffer.from([...texts.map(({ length }) => length), 1]), ...texts]);
})();

/** CE: where the fields go on. SUSP 5.1: block, offset in it, length. */
export const continuation = (block: number, offset: number, length: number): Buffer =>
  field('CE', [both32(block), both32(offset), both32(length)]);

export const continuationBytes = 28;

function field(signature: string, parts: readonly Uint8Array[]): Buffer {
  const length = 4 + parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from(signature), Buffer.from([length, 1]), ...parts]);
}

const typeBits = {
  ...{ file: 0o100000, hardlink: 0o100000, directory: 0o040000, symlink: 0o120000 },
  ...{ char: 0o020000, block: 0o060000, fifo: 0o010000 },
} as const;

/** PX, RRIP 4.1.1: mode, links, owner, group. */
function posixAttributes({ entry: { type, mode, uid, gid }, links }: Inode): Buffer {
  return field('PX', [typeBits[type] | mode, links, uid, gid].map(both32));
}

/** TF, RRIP 4.1.6: modified, accessed, attributes changed (flags 2, 4, 8), in seven bytes each. */
function timeStamps(mtime: number): Buffer {
  const date = recordingDate(mtime);
  return field('TF', [Buffer.from([2 | 4 | 8]), date, date, date]);
}

const goesOn = 1;
/** The length of a field is one byte. */
const textLimit = 250;

/** NM, RRIP 4.1.4: flags, text; a long name goes on in the next one. */
function alternateName(name: string): Buffer[] {
  const bytes = Buffer.from(name);
  const fields: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += textLimit) {
    const flags = at + textLimit < bytes.length ? goesOn : 0;
    fields.push(field('NM', [Buffer.from([flags]), bytes.subarray(at, at + textLimit)]));
  }
  return fields;
}

/**
 * PN, RRIP 4.1.2: high and low half of the device number. Both Linux and xorriso take a low half with a major number in
 * it, if the high one is 0; a minor number above 255 has to be alone there.
 */
function deviceNumber({ devmajor, devminor }: Inode['entry']): Buffer {
  const small = devminor < 256;
  const halves = small ? [0, devmajor * 256 + devminor] : [devmajor, devminor];
  return field('PN', halves.map(both32));
}

/**
 * SL, RRIP 4.1.3: flags, then the parts of the target as flags, length, text. A part, and the list of them, may go on
 * in the next field.
 */
function symbolicLink(target: string): Buffer[] {
  const fields: Buffer[][] = [[]];
  let room = textLimit;
  for (const component of target.split('/').flatMap(linkPart)) {
    // A component that goes on must be followed by its rest; the split below is small enough to be always placed.
    if (component.length > room) {
      fields.push([]);
      room = textLimit;
    }
    fields.at(-1)?.push(component);
    room -= component.length;
  }
  return fields.map((parts, at) =>
    field('SL', [Buffer.from([at + 1 < fields.length ? goesOn : 0]), ...parts]),
  );
}

const partLimit = 240;

function linkPart(text: string, at: number): Buffer[] {
  // What is before the first slash of an absolute path.
  if (text === '' && at === 0) return [Buffer.from([8, 0])];
  if (text === '.' || text === '..') return [Buffer.from([text === '.' ? 2 : 4, 0])];
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [];
  for (let from = 0; from === 0 || from < bytes.length; from += partLimit) {
    const part = bytes.subarray(from, from + partLimit);
    const flags = from + partLimit < bytes.length ? goesOn : 0;
    parts.push(Buffer.concat([Buffer.from([flags, part.length]), part]));
  }
  return parts;
}
