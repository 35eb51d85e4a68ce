import { KitError } from '../../lib/errors/errors.ts';
import { hashPieces } from '../pieces/read-pieces.ts';
import { type Measured, measured, type Pcr, pcrAfter } from './pcr.ts';
import {
  authenticodeHash,
  type Program,
  programAt,
  programOf,
  sectionInMemory,
  sectionNamed,
} from './program.ts';
import { secureBootPcr } from './secure-boot.ts';

/**
 * The sections that systemd's stub measures, in its order (UAPI specification "Unified Kernel Image"). The
 * signature of these very measurements, `.pcrsig`, is not among them.
 */
const measuredSections = [
  ...['.linux', '.osrel', '.cmdline', '.initrd', '.ucode', '.splash', '.dtb', '.uname', '.sbat', '.pcrpkey'],
  ...['.profile', '.dtbauto', '.hwids'],
];

/** What the sections take in memory: their sizes are 32 bits wide, and several could name the same bytes. */
const mostBytes = 2 ** 32;

/** Registers of a TPM after the start of a unified kernel image, predicted from its file. */
export interface Measurement {
  readonly file: string;
  readonly bank: 'sha256';
  readonly pcrs: readonly Pcr[];
}

/**
 * What firmware and systemd's stub measure of a unified kernel image that firmware starts itself.
 * @param keys folder with the keys of Secure Boot; undefined: it is off
 * @throws KitError for a file that cannot be read, is no such image, or which Secure Boot refuses
 */
export async function measureImage(path: string, keys?: string): Promise<Measurement> {
  const program = await programAt(path);
  if (!sectionNamed(program, '.linux')) {
    throw new KitError(`Cannot measure "${path}": it is an EFI program without a kernel in it`, {
      hint: 'kit build --format uki makes one with a kernel',
    });
  }
  const ofKeys = keys === undefined ? [] : [await secureBootPcr(path, keys)];
  const pcrs = [await bootPcr(program, keys !== undefined), ...ofKeys, await kernelPcr(program)];
  return { file: path, bank: 'sha256', pcrs };
}

/**
 * PCR 4: the programs that firmware loaded (TCG PC Client Platform Firmware Profile, 3.3.4.5). With Secure
 * Boot it does not measure the kernel: the stub, in whose signature the kernel is, takes the place of the
 * check that the measurement is a part of.
 */
async function bootPcr(program: Program, hasKeys: boolean): Promise<Pcr> {
  const programs = [await loaded('the program', program)];
  if (!hasKeys) programs.push(await loaded('the kernel in it', await innerKernel(program)));
  return pcrAfter(4, [
    measured('start of a boot option', Buffer.from('Calling EFI Application from Boot Option')),
    measured('separator', Buffer.alloc(4)),
    ...programs,
  ]);
}

async function loaded(what: string, program: Program): Promise<Measured> {
  return { what, digest: (await authenticodeHash(program)).toString('hex') };
}

/** As the stub hands it over. */
async function innerKernel(program: Program): Promise<Program> {
  const section = sectionNamed(program, '.linux');
  return programOf(`.linux of ${program.name}`, section ? sectionInMemory(program, section) : []);
}

/** PCR 11: name and content of each section (systemd-stub(7)). */
async function kernelPcr(program: Program): Promise<Pcr> {
  const events: Measured[] = [];
  const sections = measuredSections.flatMap((name) => sectionNamed(program, name) ?? []);
  if (sections.reduce((sum, { virtualBytes }) => sum + virtualBytes, 0) >= mostBytes)
    throw new KitError(`Cannot measure "${program.name}": EFI programs are smaller than 4 GiB`);
  for (const section of sections) {
    const { name } = section;
    events.push(measured(`the name "${name}"`, Buffer.from(`${name}\0`)));
    const digest = await hashPieces(sectionInMemory(program, section));
    events.push({ what: name, digest: digest.toString('hex') });
  }
  return pcrAfter(11, events);
}
