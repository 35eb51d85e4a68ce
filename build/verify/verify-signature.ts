import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { readLimited } from '../../lib/files/read-limited.ts';
import { readCertificate } from '../signing/efi/efi-signer.ts';
import { verifyProgram } from '../signing/efi/verify-program.ts';
import { keyFileLimit } from '../signing/public-key.ts';

/**
 * Checks that firmware with Secure Boot starts an EFI program, if it knows this certificate alone.
 * @param program its file @param certificate a file in PEM or DER form
 * @throws KitError that says why it does not, and for files that cannot be read
 */
export async function verifySignature(program: string, certificate: string, cwd: string): Promise<void> {
  const path = resolve(cwd, program);
  if (!existsSync(path)) {
    throw new KitError(`Cannot verify the signature of "${program}": no such file`, {
      hint: 'name the file that firmware starts: out/web.efi of format uki',
    });
  }
  const bytes = readLimited(
    resolve(cwd, certificate),
    keyFileLimit,
    (why) => new KitError(`Cannot read certificate "${certificate}": ${why}`),
  );
  await verifyProgram(path, [readCertificate({ bytes, shown: certificate })]);
}
