import { readFileSync, statSync } from 'node:fs';
import type { ControlConfig } from '../../../lib/bundle/control.ts';

/** PEM texts, as fields of Node's `TlsOptions`. */
export type TlsFiles = Readonly<Record<'ca' | 'cert' | 'key' | 'crl', string | undefined>>;

/** Four times the size of a bundle of all public certificate authorities. */
const maxFileBytes = 1 << 20;

/** @throws the system's error, or if a file is too large */
export function readTlsFiles({ ca, certificate, key, crl }: ControlConfig): TlsFiles {
  return { ca: readPem(ca), cert: readPem(certificate), key: readPem(key), crl: crl && readPem(crl) };
}

function readPem(path: string): string {
  const { size } = statSync(path);
  if (size > maxFileBytes) throw new Error(`${path} has ${size} bytes, more than ${maxFileBytes}`);
  return readFileSync(path, 'utf8');
}

export function isSameFiles(a: TlsFiles, b: TlsFiles): boolean {
  return a.ca === b.ca && a.cert === b.cert && a.key === b.key && a.crl === b.crl;
}
