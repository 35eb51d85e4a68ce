import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { readDataFile } from '../../backend/data-file.ts';
import { parseDisk } from '../../backend/request/disks.ts';
import { parseHardware, parseSmbios } from '../../backend/request/hardware.ts';
import { parseNetworking } from '../../backend/request/networking.ts';
import { parsePublish } from '../../backend/request/publish.ts';
import type { RunRequest } from '../../backend/request/request.ts';
import { parseShares } from '../../backend/request/shares.ts';
import { parseCpus, parseMemory } from '../../backend/request/sizes.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { repeatable } from '../../cli/repeatable.ts';
import type { Context } from '../../host/context.ts';
import { isManifestWord } from '../../manifest/config/config-name.ts';
import type { MediaChoice } from '../../media/found-image.ts';
import { backendNamed, defaultBackend } from '../../monitor/backends.ts';
import { parseArch } from './arch.ts';
import type { SourceFlags } from './sources.ts';

export interface DataFlags {
  readonly data?: string;
  readonly dataFile?: string;
}

/** The flags of `kit run` as commander parses them. */
export interface RunFlags extends SourceFlags, DataFlags {
  readonly name?: string;
  readonly cpus?: string;
  readonly mem?: string;
  readonly arch?: string;
  readonly disk: readonly string[];
  readonly share: readonly string[];
  readonly publish: readonly string[];
  readonly networking: string;
  readonly accel: string;
  readonly format: string;
  readonly trustLabels?: boolean;
  readonly uefi?: boolean;
  readonly bios?: boolean;
  readonly fw?: string;
  readonly secureBoot?: string;
  readonly iso?: boolean;
  readonly squashfs?: boolean;
  readonly kernel?: boolean;
  readonly writable?: boolean;
  readonly state?: string;
  readonly cd?: string;
  readonly hardware?: string;
  readonly smbios: readonly string[];
  readonly usb?: boolean;
  readonly tpm?: boolean;
  readonly device: readonly string[];
  readonly detach?: boolean;
  readonly allowFailed?: boolean;
  readonly json?: boolean;
  readonly timeout: string;
  readonly locked?: boolean;
  readonly check?: boolean;
}

/** The option `--disk` of commands that start a machine. */
export const withDisks = (command: KitCommand): KitCommand =>
  command.option(
    '--disk <disk>',
    'PATH[,size=1G][,serial=TEXT][,format=NAME], where NAME is raw, qcow2, vmdk or vhd; created if missing; may be repeated',
    repeatable,
    [],
  );

/** The options for a machine's metadata, of commands that start one. */
export const withData = (command: KitCommand): KitCommand =>
  command
    .option('--data <text>', 'metadata for the machine (user-data)')
    .option(
      '--data-file <file>',
      'file with metadata for the machine; its signature, if there is one, is in FILE.sig',
    );

/** The request for a machine. @param words `[BACKEND] IMAGE` @throws KitError for the first invalid flag */
export async function readRequest(
  words: readonly string[],
  flags: RunFlags,
  { cwd }: Context,
): Promise<RunRequest> {
  const { backend, image } = readWords(words);
  const { accel, networking, format, usb = false, tpm = false, device: devices } = flags;
  if (accel !== 'auto' && accel !== 'kvm' && accel !== 'tcg')
    throw new KitError(`Cannot use accelerator "${accel}": expected auto, kvm or tcg`, { exitCode: 2 });
  const given = <T>(text: string | undefined, read: (text: string) => T): T | undefined =>
    text === undefined ? undefined : read(text);
  return {
    ...{ backend, image, format, accel, usb, tpm, devices, media: mediaChoice(flags), name: flags.name },
    trustLabels: flags.trustLabels,
    arch: given(flags.arch, parseArch),
    cpus: given(flags.cpus, parseCpus),
    memoryMiB: given(flags.mem, parseMemory),
    publish: flags.publish.map(parsePublish),
    networking: parseNetworking(networking, flags.publish.length > 0),
    disks: flags.disk.map((text) => parseDisk(text, cwd)),
    shares: parseShares(flags.share, cwd),
    data: await readData(flags, cwd),
    cd: given(flags.cd, (path) => existingFile(path, cwd)),
    hardware: given(flags.hardware, parseHardware),
    smbios: flags.smbios.map(parseSmbios),
    firmwareFile: given(flags.fw, (path) => resolve(cwd, path)),
    secureBoot: given(flags.secureBoot, (path) => secureBootFolder(path, flags, cwd)),
    state: given(flags.state, (path) => resolve(cwd, path)),
  };
}

function readWords(words: readonly string[]): Pick<RunRequest, 'backend' | 'image'> {
  if (words.length > 1 && words.every(isManifestWord)) {
    throw new KitError(`Cannot run ${words.length} images at once`, {
      hint: `kit build ${words.join(' ')} merges the manifests into one image`,
      exitCode: 2,
    });
  }
  const [backend = '', image] = words.length === 1 ? [defaultBackend, ...words] : words;
  // Refuses unknown names before anything is read or built.
  backendNamed(backend);
  if (image !== undefined && words.length <= 2) return { backend, image };
  throw new KitError(`Cannot run ${words.length - 1} images at once`, { exitCode: 2 });
}

function mediaChoice({ uefi, bios, writable = false, ...flags }: RunFlags): MediaChoice {
  const chosen = (['iso', 'squashfs', 'kernel'] as const).filter((kind) => flags[kind]);
  const both = uefi && bios ? ['uefi', 'bios'] : chosen;
  if (both.length > 1) throw new KitError(`Cannot use both --${both[0]} and --${both[1]}`, { exitCode: 2 });
  return { as: chosen[0], firmware: uefi ? 'uefi' : bios ? 'bios' : undefined, writable };
}

function secureBootFolder(path: string, { fw, bios }: RunFlags, cwd: string): string {
  const other = fw !== undefined ? '--fw' : bios ? '--bios' : undefined;
  if (other) throw new KitError(`Cannot use both --secure-boot and ${other}`, { exitCode: 2 });
  return resolve(cwd, path);
}

function existingFile(path: string, cwd: string): string {
  const whole = resolve(cwd, path);
  if (existsSync(whole)) return whole;
  throw new KitError(`Cannot use disc "${path}": no such file`, { exitCode: 2 });
}

/** @throws KitError when both are given, or the file cannot be read */
export async function readData({ data, dataFile }: DataFlags, cwd: string): Promise<RunRequest['data']> {
  if (data !== undefined && dataFile !== undefined)
    throw new KitError('Cannot use both --data and --data-file', { exitCode: 2 });
  if (dataFile !== undefined) return readDataFile(dataFile, cwd);
  return data === undefined ? undefined : { data: Buffer.from(data) };
}
