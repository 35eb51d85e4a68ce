import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { isoBoots } from '../binary/iso9660/read-el-torito.ts';
import type { Arch } from '../host/arch.ts';
import { memoryNeeded } from '../image/plan/memory.ts';
import { formats } from '../outputs/formats.ts';
import { kernelFileSuffixes } from '../outputs/kernel-files.ts';
import { openImage } from '../pieces/image-file.ts';
import type { Work } from '../work.ts';
import type { KernelMedia, RootMedium } from './boot-media.ts';
import { fileMedia } from './file-media.ts';
import type { FoundImage, MediaChoice } from './found-image.ts';
import { recognise } from './recognise.ts';

const suffix = kernelFileSuffixes;
/** Suffixes of single-file images: `kit run out/web` looks for them when there is no out/web-kernel. */
const imageSuffixes = [...new Set(formats.flatMap((one) => (one.run === 'file' ? (one.suffix ?? []) : [])))];
/** Suffixes of the root file systems beside a kernel. */
const rootSuffixes = formats.flatMap(({ run, suffix: own }) =>
  run !== undefined && run !== 'file' && own !== undefined ? [[run, own] as const] : [],
);
/** Suffixes of the files of an image with a separate kernel, and which root file system each implies. */
const kernelEndings: readonly { readonly ending: string; readonly as?: MediaChoice['as'] }[] = [
  { ending: suffix.kernel },
  { ending: suffix.cmdline },
  { ending: suffix.initrd, as: 'kernel' },
  { ending: suffix.stage1 },
  ...rootSuffixes.map(([as, ending]) => ({ ending, as })),
];

/**
 * The image of that name: a file, or the common prefix of several (`out/web` for `out/web-kernel`,
 * `out/web-initrd.img` and `out/web-cmdline`, or for `out/web-efi.iso`). @throws KitError
 */
export async function findMedia(
  name: string,
  cwd: string,
  choice: MediaChoice,
  work: Work,
): Promise<FoundImage> {
  const path = resolve(cwd, name);
  const { start, as } = prefixOf(path);
  const hasKernel = existsSync(`${start}${suffix.kernel}`) && !(as === 'iso' && (await isBootable(path)));
  if (hasKernel) return kernelMedia(start, { ...choice, as: choice.as ?? as });
  if (as === 'kernel' || !existsSync(path)) refuseInitrdAlone(name, start);
  if (isFile(path)) return fileMedia(path, name, choice, work);
  if (existsSync(path)) {
    const what = existsSync(join(path, 'index.json')) ? 'an OCI layout, which cannot be booted' : 'a folder';
    throw new KitError(`Cannot run "${name}": it is ${what}`, { hint: whatToGive });
  }
  return fileMedia(onlyImage(name, path), name, choice, work);
}

/**
 * The prefix that the files of an image have in common, by the name of any of them, which users of shell
 * completion may pass; `as`: the root file system that the name implies.
 */
export function prefixOf(path: string): { readonly start: string; readonly as?: MediaChoice['as'] } {
  const part = kernelEndings.find(({ ending }) => path.endsWith(ending));
  return part ? { start: path.slice(0, -part.ending.length), as: part.as } : { start: path };
}

/** The command line of an image with a separate kernel; empty without a file. */
export async function commandLineOf(start: string): Promise<string> {
  const file = `${start}${suffix.cmdline}`;
  return existsSync(file) ? (await readFile(file, 'utf8')).trim() : '';
}

/** An image of a manifest without `kernel:` has no kernel file. */
function refuseInitrdAlone(name: string, start: string): void {
  if (!existsSync(`${start}${suffix.initrd}`) || imageSuffixes.some((ending) => isFile(start + ending)))
    return;
  throw new KitError(`Cannot boot "${name}": there is no kernel beside its initrd`, {
    hint: `put yours at "${start}${suffix.kernel}"; kit run container "${name}" needs none`,
  });
}

const whatToGive =
  'give a manifest (FILE.yml), an image file, or the prefix of an image: out/web for out/web-kernel';

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** Distinguishes a bootable ISO from one that is only the root file system of the kernel beside it. */
async function isBootable(path: string): Promise<boolean> {
  if (!isFile(path)) return false;
  await using source = await openImage(path);
  const { bios, uefi } = await isoBoots(source);
  return bios || uefi;
}

/** The one single-file image with that prefix. */
function onlyImage(name: string, start: string): string {
  const found = imageSuffixes.map((ending) => `${start}${ending}`).filter(isFile);
  const [first, ...others] = found;
  if (first === undefined) {
    throw new KitError(`Cannot find image "${name}": there is no "${start}${suffix.kernel}"`, {
      hint: whatToGive,
    });
  }
  if (others.length === 0) return first;
  const names = found.map((path) => `"${basename(path)}"`).join(', ');
  throw new KitError(`Cannot choose an image for "${name}": there are ${names}`, {
    hint: 'name one of them',
  });
}

async function kernelMedia(start: string, choice: MediaChoice): Promise<FoundImage> {
  const kernel = `${start}${suffix.kernel}`;
  const cmdline = await commandLineOf(start);
  const root = rootFile(start, choice);
  const initrd = initrdFile(start, root);
  const boot: KernelMedia = { kind: 'kernel', kernel, initrd, ...withRoot(cmdline, root) };
  const bytes = initrd === null ? 0 : statSync(initrd).size;
  return { boot, arch: await kernelArch(kernel), memoryMiB: memoryNeeded(bytes, 0) };
}

/** With a root medium, the stage 1 that mounts it, if there is one; otherwise the whole root file system. */
function initrdFile(start: string, root: string | undefined): string | null {
  const stage1 = `${start}${suffix.stage1}`;
  if (root !== undefined) return existsSync(stage1) ? stage1 : null;
  const initrd = `${start}${suffix.initrd}`;
  if (existsSync(initrd)) return initrd;
  throw new KitError(`Cannot find image "${basename(start)}": there is no "${initrd}" beside its kernel`, {
    hint: `or one of ${rootSuffixes.map(([, ending]) => basename(start) + ending).join(', ')}`,
  });
}

/**
 * The file with the root file system; undefined: it is in the initrd. Like LinuxKit this prefers a squashfs
 * to an initrd. An ISO beside an initrd is another image, unless `--iso` is given.
 */
function rootFile(start: string, { as }: MediaChoice): string | undefined {
  if (as === 'kernel') return undefined;
  const found = rootSuffixes.find(([kind, ending]) => (as ?? kind) === kind && isFile(start + ending));
  if (!found && as !== undefined)
    throw new KitError(`Cannot find image "${basename(start)}": there is no ${as} file beside its kernel`);
  if (!found || (as === undefined && found[0] === 'iso' && existsSync(`${start}${suffix.initrd}`)))
    return undefined;
  return start + found[1];
}

/**
 * Attaches the medium where the command line's `root=` looks for it. Without `root=` one is added: stage 1
 * finds its medium by itself, but LinuxKit's kernels mount it directly.
 */
function withRoot(cmdline: string, path: string | undefined): Pick<KernelMedia, 'cmdline' | 'root'> {
  if (path === undefined) return { cmdline, root: null };
  const named = /(?:^|\s)root=\/dev\/(sr|sd)/.exec(cmdline)?.[1];
  const usual: RootMedium['bus'] = path.endsWith('.iso') ? 'cd' : 'virtio';
  const bus = named === 'sr' ? 'cd' : named === 'sd' ? 'sata' : usual;
  const device = { virtio: '/dev/vda', sata: '/dev/sda', cd: '/dev/sr0' }[bus];
  const complete = /(?:^|\s)root=/.test(cmdline) ? cmdline : `${cmdline} root=${device}`.trim();
  return { cmdline: complete, root: { path, bus } };
}

async function kernelArch(path: string): Promise<Arch | undefined> {
  await using source = await openImage(path);
  const found = await recognise(source);
  return found.kind === 'kernel' || found.kind === 'efi' ? found.arch : undefined;
}
