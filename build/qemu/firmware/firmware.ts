import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf, KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { type DebianSource, debianSource } from '../../debian/source.ts';
import type { Arch } from '../../host/arch.ts';
import { dataFile } from '../../host/paths.ts';
import { debianTree } from '../../tools/tree.ts';
import type { Work } from '../../work.ts';
import { qemuFiles } from '../files.ts';
import { enrolKeys } from './enrol-keys.ts';

/** UEFI firmware of one machine: the images of its flash chips. */
export interface FirmwareFiles {
  /** Read-only if `vars` is set; otherwise code and variables in one file, a copy of the machine's own. */
  readonly code: string;
  readonly vars: string | undefined;
  /** The variables can be written in System Management Mode only, where nobody but the firmware gets. */
  readonly protectsVariables?: boolean;
}

interface FirmwarePackage {
  readonly source: DebianSource;
  readonly lock: string;
  readonly code: string;
  /** The variant that checks signatures. */
  readonly secureCode: string;
  readonly vars: string;
}

/** Debian's EDK II. */
const packages: Readonly<Record<Arch, FirmwarePackage>> = {
  amd64: {
    source: debianSource({ packages: ['ovmf'], depends: false }),
    lock: dataFile('build/qemu/firmware/ovmf.lock.json'),
    code: 'usr/share/OVMF/OVMF_CODE_4M.fd',
    secureCode: 'usr/share/OVMF/OVMF_CODE_4M.secboot.fd',
    vars: 'usr/share/OVMF/OVMF_VARS_4M.fd',
  },
  arm64: {
    source: debianSource({ packages: ['qemu-efi-aarch64'], depends: false }),
    lock: dataFile('build/qemu/firmware/aavmf.lock.json'),
    code: 'usr/share/AAVMF/AAVMF_CODE.no-secboot.fd',
    secureCode: 'usr/share/AAVMF/AAVMF_CODE.secboot.fd',
    vars: 'usr/share/AAVMF/AAVMF_VARS.fd',
  },
};

/** The user's choices. */
export interface FirmwareChoice {
  /** `--fw`: the user's own firmware. */
  readonly file: string | undefined;
  /**
   * Absolute folder in which the variables outlive the machine; undefined: they are in the machine's folder.
   */
  readonly state: string | undefined;
  /** `--secure-boot`: the folder of its keys. */
  readonly secureBoot: string | undefined;
}

/**
 * Prepares firmware for the machine whose folder is `dir`, with variables that it may write to.
 */
export async function uefiFirmware(
  arch: Arch,
  dir: string,
  { file, state = dir, secureBoot }: FirmwareChoice,
  work: Work,
): Promise<FirmwareFiles> {
  if (file !== undefined) return { code: await ownCopy(file, join(dir, qemuFiles.vars)), vars: undefined };
  const { source, lock, ...paths } = packages[arch];
  const { dir: tree } = await debianTree('UEFI firmware', source, lock, work);
  const vars = join(state, qemuFiles.vars);
  // Existing ones are kept: they hold the boot entries of this machine.
  const isNew = !existsSync(vars);
  if (secureBoot !== undefined) {
    await enrolKeys(secureBoot, isNew ? join(tree, paths.vars) : vars, vars);
    return { code: join(tree, paths.secureCode), vars, protectsVariables: arch === 'amd64' };
  }
  if (isNew) await ownCopy(join(tree, paths.vars), vars);
  return { code: join(tree, paths.code), vars };
}

async function ownCopy(from: string, to: string): Promise<string> {
  makeFolder(dirname(to));
  try {
    await copyFile(from, to);
  } catch (thrown) {
    const reason = codeOf(thrown) === 'ENOENT' ? 'no such file' : reasonOf(thrown);
    throw new KitError(`Cannot use firmware "${from}": ${reason}`, { cause: thrown });
  }
  return to;
}
