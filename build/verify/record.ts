import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeFolder } from '../../lib/files/make-folder.ts';
import type { BuildOptions, BuiltImage } from '../build.ts';
import { digestOfBytes } from '../cache/blobs.ts';
import { keyHash } from '../cache/derived.ts';
import { writeJson } from '../cache/write.ts';
import type { Arch } from '../host/arch.ts';
import { kitPackage } from '../host/kit-package.ts';
import type { NamedSize } from '../image/plan/size-changes.ts';
import { isUrl } from '../manifest/fetch.ts';
import type { Work } from '../work.ts';

/** The options that decide what is in the files. */
type RecordedOptions = Pick<
  BuildOptions,
  | 'dir'
  | 'name'
  | 'size'
  | 'formats'
  | 'production'
  | 'trustLabels'
  | 'decompressKernel'
  | 'small'
  | 'sbom'
  | 'cwd'
>;

/**
 * The inputs of an image. Kept in the cache by the paths of the image's files, since those cannot hold it
 * without changing.
 */
export interface BuildRecord {
  /** Version of kit. */
  readonly kit: string;
  readonly arch: Arch;
  /** Absolute paths and URLs, with digests of their contents. */
  readonly manifests: readonly { readonly file: string; readonly digest: string | null }[];
  readonly options: RecordedOptions;
  /** Digests by the names in the manifests. */
  readonly images: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  /** With budgets in the manifest: what the next build is compared with if it exceeds one. */
  readonly parts?: readonly NamedSize[] | undefined;
}

/**
 * Keeps the record of a build; a manifest from standard input cannot be read again, so such a build has none.
 */
export async function keepRecord(
  manifests: readonly string[],
  options: BuildOptions,
  built: BuiltImage,
  work: Work,
): Promise<void> {
  if (manifests.includes('-') || built.files.length === 0) return;
  const files = manifests.map((file) => (isUrl(file) ? file : resolve(options.cwd, file)));
  const record: BuildRecord = {
    kit: await kitVersion(),
    arch: work.arch,
    manifests: await Promise.all(files.map(async (file) => ({ file, digest: await digestOf(file) }))),
    options: recorded(options),
    images: built.images,
    files: built.files.map(({ path }) => path),
    parts: built.parts,
  };
  makeFolder(folderOf(work));
  for (const path of new Set([join(options.dir, options.name), ...record.files])) {
    const file = recordFile(path, work);
    // Writing a file to the disk takes longer than the rest of a build in which nothing changed.
    const same = JSON.stringify(await findRecord(path, work)) === JSON.stringify(record);
    if (!same) await writeJson(file, record);
  }
}

function recorded(options: BuildOptions): RecordedOptions {
  const { dir, name, size, formats, production, trustLabels, decompressKernel, small, sbom, cwd } = options;
  return { dir, name, size, formats, production, trustLabels, decompressKernel, small, sbom, cwd };
}

/** The record of an image by its path without suffix (`out/web`), or by the path of one of its files. */
export async function findRecord(path: string, work: Work): Promise<BuildRecord | undefined> {
  return readRecord(recordFile(path, work));
}

/** Undefined for a damaged one: the next build writes it again. */
async function readRecord(file: string): Promise<BuildRecord | undefined> {
  try {
    const record = JSON.parse(await readFile(file, 'utf8')) as BuildRecord | null;
    return record?.options && record.images && record.manifests && record.files ? record : undefined;
  } catch {
    return undefined;
  }
}

/** The changes since the image was built, one sentence each. */
export async function changesSince(record: BuildRecord, again: BuiltImage): Promise<string[]> {
  const version = await kitVersion();
  const changes = version === record.kit ? [] : [`kit was ${record.kit} and is ${version}`];
  for (const { file, digest } of record.manifests) {
    if ((await digestOf(file)) !== digest) changes.push(`manifest "${file}" has changed`);
  }
  for (const name of new Set([...Object.keys(record.images), ...Object.keys(again.images)])) {
    const [then, now] = [record.images[name], again.images[name]];
    if (then !== now) changes.push(`image "${name}" was ${short(then)} and is ${short(now)}`);
  }
  return changes;
}

/** Removes the records of images without files. */
export async function sweepRecords(cacheDir: string): Promise<void> {
  const folder = join(cacheDir, 'built');
  for (const name of await readdir(folder).catch((): string[] => [])) {
    const path = join(folder, name);
    const record = await readRecord(path);
    if (!record?.files.some((file) => existsSync(file))) await rm(path, { force: true });
  }
}

const folderOf = ({ cache }: Pick<Work, 'cache'>): string => join(cache.dir, 'built');

const recordFile = (path: string, work: Work): string => join(folderOf(work), `${keyHash(path)}.json`);

/** Null for what cannot be read, and for URLs, whose content may change at any time. */
async function digestOf(file: string): Promise<string | null> {
  if (isUrl(file)) return null;
  return readFile(file).then(digestOfBytes, () => null);
}

const short = (digest = 'not there'): string => digest.slice(0, 'sha256:'.length + 12);

async function kitVersion(): Promise<string> {
  return (await kitPackage()).version;
}
