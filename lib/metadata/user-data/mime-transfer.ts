import { KitError } from '../../errors/errors.ts';
import { decodeBase64 } from '../yaml.ts';
import { printable } from './listed.ts';

/** The encoding of a body for its transfer (RFC 2045, 6); undefined for those that change nothing. */
export function transferOf(header: string | undefined): string | undefined {
  const name = header?.trim().toLowerCase() ?? '';
  return ['7bit', '8bit', 'binary', ''].includes(name) ? undefined : name;
}

/** @throws KitError when the body cannot be decoded */
export function decodeTransfer(body: Buffer, transfer: string): Buffer {
  const text = body.toString('latin1');
  if (transfer === 'quoted-printable') return Buffer.from(fromQuotedPrintable(text), 'latin1');
  if (transfer !== 'base64')
    throw new KitError(`its Content-Transfer-Encoding "${printable(transfer)}" is not known`);
  const bytes = decodeBase64(text);
  if (bytes === undefined) throw new KitError('its base64 is damaged');
  return bytes;
}

/** RFC 2045, 6.7: `=3D` is a byte, `=` at the end of a line joins it to the next one. */
const fromQuotedPrintable = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll('=\n', '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_whole, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    );
