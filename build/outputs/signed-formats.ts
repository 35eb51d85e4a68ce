import { KitError } from '../../lib/errors/errors.ts';
import type { Arch } from '../host/arch.ts';
import type { Manifest } from '../manifest/types.ts';
import { machineSigner } from '../signing/efi/machine-signer.ts';
import type { Work } from '../work.ts';
import type { OutputFormat } from './output.ts';

/**
 * Before anything is built: keys of `signing:` are there and usable if a format needs them, and formats that
 * do not start by UEFI are named, since nothing checks what they start.
 * @throws KitError for missing keys, and for such a format with `--production`
 */
export function checkSigning(
  manifest: Manifest,
  formats: readonly OutputFormat[],
  production: boolean,
  work: Work,
): void {
  const { signing } = manifest;
  if (!signing) return;
  if (formats.some((format) => startsByEfi(format, work.arch))) machineSigner(manifest, work.env);
  const unsigned = formats.filter((format) => format.root !== 'none' && !startsByEfi(format, work.arch));
  if (unsigned.length === 0) return;
  const names = unsigned.map(({ name }) => `"${name}"`).join(', ');
  const why = `"signing" has no effect on ${names}, which firmware does not start by UEFI`;
  if (!production) {
    work.progress.line(why);
    return;
  }
  throw new KitError(`Cannot build for production: ${why}`, {
    place: signing.origin.place(),
    hint: 'choose formats such as uki, raw-efi or iso-efi, or leave out "signing"',
  });
}

/** Whether firmware starts a program of the format by UEFI, in its own file or in one beside it. */
export function startsByEfi({ firmware, beside }: OutputFormat, arch: Arch): boolean {
  if (firmware === 'efi' || (firmware === 'any' && arch === 'arm64')) return true;
  return beside !== undefined && startsByEfi(beside, arch);
}
