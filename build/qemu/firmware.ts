import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf, KitError, reasonOf } from '../../lib/errors/errors.ts';
import { type DebianSource, debianSource } from '../debian/source.ts';
import type { Arch } from '../host/arch.ts';
import { machineFiles } from '../machine/records/folder.ts';
import { debianTree } from '../tools/tree.ts';
import type { Work } from '../work/work.ts';

/** UEFI firmware for one machine: what its flash chips hold. */
export interface FirmwareFiles {
  /** Read-only, and then the variables beside it; or both in one file, which the machine has to itself. */
  readonly code: string;
  readonly vars: string | undefined;
}

interface Package {
  readonly source: DebianSource;
  readonly lock: string;
  readonly code: string;
  readonly vars: string;
}

/** EDK II as Debian builds it, without Secure Boot: nobody has signed what kit writes. */
const packages: Readonly<Record<Arch, Package>> = {
  amd64: {
    source: debianSource({ packages: ['ovmf'], depends: false }),
    lock: join(import.meta.dirname, 'ovmf.lock.json'),
    code: 'usr/share/OVMF/OVMF_CODE_4M.fd',
    vars: 'usr/share/OVMF/OVMF_VARS_4M.fd',
  },
  arm64: {
    source: debianSource({ packages: ['qemu-efi-aarch64'], depends: false }),
    lock: join(import.meta.dirname, 'aavmf.lock.json'),
    code: 'usr/share/AAVMF/AAVMF_CODE.no-secboot.fd',
    vars: 'usr/share/AAVMF/AAVMF_VARS.fd',
  },
};

/** What of it is the user's choice. */
export interface FirmwareChoice {
  /** `--fw`: firmware of the user's own. */
  readonly file: string | undefined;
  /** Absolute folder in which the variables outlive the machine; undefined: they go with it. */
  readonly state: string | undefined;
}

/** Firmware for the machine whose folder is `dir`, with variables of its own: the firmware writes to them. */
export async function uefiFirmware(
  arch: Arch,
  dir: string,
  { file, state = dir }: FirmwareChoice,
  work: Work,
): Promise<FirmwareFiles> {
  if (file !== undefined) return { code: await ownCopy(file, join(dir, machineFiles.vars)), vars: undefined };
  const { source, lock, ...paths } = packages[arch];
  const { dir: tree } = await debianTree('UEFI firmware', source, lock, work);
  const vars = join(state, machineFiles.vars);
  // Variables that are kept remember what was booted last; those of another machine would be of no use.
  if (!existsSync(vars)) await ownCopy(join(tree, paths.vars), vars);
  return { code: join(tree, paths.code), vars };
}

async function ownCopy(from: string, to: string): Promise<string> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await copyFile(from, to);
  } catch (thrown) {
    const reason = codeOf(thrown) === 'ENOENT' ? 'no such file' : reasonOf(thrown);
    throw new KitError(`Cannot use firmware "${from}": ${reason}`, { cause: thrown });
  }
  return to;
}
