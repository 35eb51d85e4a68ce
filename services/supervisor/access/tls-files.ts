import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import type { ControlConfig } from '../../../lib/bundle/control.ts';

/** PEM texts, as fields of Node's `TlsOptions`. */
export type TlsFiles = Readonly<Record<'ca' | 'cert' | 'key' | 'crl', string | undefined>>;

/** Four times the size of a bundle of all public certificate authorities. */
const maxFileBytes = 1 << 20;

/** @throws the system's error, or if a file is too large */
export function readTlsFiles({ ca, certificate, key, crl }: ControlConfig): TlsFiles {
  return { ca: readPem(ca), cert: readPem(certificate), key: readPem(key), crl: crl && readPem(crl) };
}

/** pkg/metadata writes the files: opening a fifo without O_NONBLOCK would wait for ever. */
function readPem(path: string): string {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile()) throw new Error(`${path} is not a file`);
    if (stats.size > maxFileBytes)
      throw new Error(`${path} has ${stats.size} bytes, more than ${maxFileBytes}`);
    return readFileSync(fd, 'utf8');
  } finally {
    closeSync(fd);
  }
}

export function isSameFiles(a: TlsFiles, b: TlsFiles): boolean {
  return a.ca === b.ca && a.cert === b.cert && a.key === b.key && a.crl === b.crl;
}
