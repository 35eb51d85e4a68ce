/** What a file is that is no tar, by its first bytes. */
export interface FileFormat {
  /** `compressed by gzip`, `a ZIP archive`: to follow "it is". */
  readonly what: string;
  /** Set for compressed data: the program whose `-dc` decompresses it. */
  readonly program?: string;
}

const compressed = (by: string, program = by): FileFormat => ({ what: `compressed by ${by}`, program });

/** Bytes and where they are; each program's own documentation, or file(1)'s magic. */
const magics: readonly (FileFormat & { readonly magic: string; readonly at?: number })[] = [
  { magic: '1f8b', ...compressed('gzip') },
  { magic: '1f9d', ...compressed('compress', 'gzip') },
  { magic: '1fa0', ...compressed('compress', 'gzip') },
  { magic: '425a68', ...compressed('bzip2') },
  { magic: 'fd377a585a00', ...compressed('xz') },
  { magic: '5d0000', ...compressed('lzma', 'xz') },
  { magic: '28b52ffd', ...compressed('zstd') },
  { magic: '04224d18', ...compressed('lz4') },
  { magic: '02214c18', ...compressed('lz4') },
  { magic: '4c5a4950', ...compressed('lzip') },
  { magic: '894c5a4f000d0a1a0a', ...compressed('lzop') },
  { magic: '504b0304', what: 'a ZIP archive' },
  { magic: '377abcaf271c', what: 'an archive of 7-Zip' },
  { magic: '526172211a07', what: 'an archive of RAR' },
  { magic: '303730373031', what: 'a cpio archive' },
  { magic: '303730373032', what: 'a cpio archive' },
  { magic: '303730373037', what: 'a cpio archive' },
  { magic: 'c771', what: 'a cpio archive' },
  { magic: '213c617263683e0a', what: 'an ar archive, as Debian packages are' },
  { magic: 'edabeedb', what: 'an RPM package' },
  { magic: '68737173', what: 'a squashfs file system' },
  { magic: 'e2e1f5e0', at: 1024, what: 'an EROFS file system' },
  { magic: '514649fb', what: 'a disk image in qcow2' },
  { magic: '7f454c46', what: 'an ELF program' },
];

/** zstd's skippable frames (RFC 8878, 3.1.2), with which pzstd and zstd:chunked begin or end: any of 16. */
const skippable = /^5[0-9a-f]2a4d18/;

/** Undefined for a tar, and for everything that is not in the table. */
export function otherFormat(head: Buffer): FileFormat | undefined {
  if (skippable.test(head.toString('hex', 0, 4))) return compressed('zstd');
  const found = magics.find(({ magic, at = 0 }) => head.toString('hex', at, at + magic.length / 2) === magic);
  return found && { what: found.what, ...(found.program && { program: found.program }) };
}
