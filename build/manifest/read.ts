import { open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { codeOf, KitError, KitErrors, reasonOf } from '../../lib/errors/errors.ts';
import { isConfig } from './config/config-name.ts';
import type { ConfigManifest } from './config/read-config.ts';
import { fetchBody, isUrl, shownUrl } from './fetch.ts';
import { withDisksEntry } from './images/disks-entry.ts';
import { mergeManifests } from './merge.ts';
import { parseManifest } from './parse.ts';
import { noLocalPackages, refuseLocalFiles } from './remote/local-files.ts';
import { findTemplates, type PackageName } from './templates.ts';
import type { Manifest } from './types.ts';
import { sizeLimit } from './yaml-document.ts';

export interface ReadOptions {
  /** Absolute folder that relative file names are resolved against. */
  readonly cwd: string;
  /** Read for the file name `-`. */
  readonly stdin?: Readable | undefined;
  /** Resolves `@pkg:` templates to image names; without it, templates are errors. */
  readonly packageName?: PackageName | undefined;
  /** Aborted by Ctrl-C. */
  readonly signal?: AbortSignal | undefined;
  /** Receives what a manifest in TypeScript prints. */
  readonly notice?: ((line: string) => void) | undefined;
}

/**
 * Reads manifests and merges them left to right. The errors of all files are reported together.
 * @param files paths of YAML files and of programs that export a manifest, http(s) URLs, or `-` for standard
 * input
 * @throws KitErrors, KitError
 */
export async function readManifests(files: readonly string[], options: ReadOptions): Promise<Manifest> {
  const results = [];
  for (const file of files) results.push(await attempt(file, options));
  const errors = results.flatMap((result) => (result instanceof KitErrors ? result.errors : []));
  if (errors.length > 0) throw new KitErrors(errors);
  const manifests = results.filter((result): result is Manifest => !(result instanceof KitErrors));
  return withDisksEntry(mergeManifests(manifests));
}

async function attempt(file: string, options: ReadOptions): Promise<Manifest | KitErrors> {
  try {
    return await readManifest(file, options);
  } catch (thrown) {
    if (thrown instanceof KitError) return new KitErrors([thrown]);
    if (thrown instanceof KitErrors) return thrown;
    throw thrown;
  }
}

async function readManifest(file: string, options: ReadOptions): Promise<Manifest> {
  const isRemote = isUrl(file);
  const packageName = isRemote ? noLocalPackages : (options.packageName ?? noPackages);
  const { text, shown, folder, config } = await manifestText(file, options);
  const folderOf = (path: string): string => resolve(folder, path);
  const found = findTemplates(config?.json ?? text, shown, folderOf, packageName, config?.placeOfText);
  const manifest = parseManifest(text, shown, folder, await found, config);
  if (isRemote) refuseLocalFiles(manifest);
  return manifest;
}

const noPackages = async (): Promise<never> => {
  throw new KitError('packages are not available here');
};

/** The text of a manifest before it is parsed. */
export interface ManifestText {
  readonly text: string;
  /** Its name in messages. */
  readonly shown: string;
  /** Absolute folder that relative paths in it are resolved against. */
  readonly folder: string;
  /** Its manifest, if the text is a program. */
  readonly config?: ConfigManifest;
}

/** The text of a manifest; of a program, with what it exports. @throws KitError */
export async function manifestText(file: string, options: ReadOptions): Promise<ManifestText> {
  const { cwd, stdin, signal } = options;
  if (file === '-') {
    if (!stdin) throw new KitError('Cannot read a manifest from standard input: it is closed');
    return { text: decode(await gather(stdin, file), file), shown: file, folder: cwd };
  }
  if (isUrl(file)) {
    const shown = shownUrl(file);
    if (isConfig(shown.replace(/[?#].*$/s, ''))) {
      throw new KitError(`Cannot read "${shown}": kit runs no programs of other hosts`, {
        hint: 'download it, and read it before you use it',
      });
    }
    return {
      text: decode(await gather(await fetchBody(file, { signal }), shown), shown),
      shown,
      folder: cwd,
    };
  }
  const path = resolve(cwd, file);
  const source = { text: await readText(path, file), shown: file, folder: dirname(path) };
  if (!isConfig(file)) return source;
  // Loaded late: most manifests are YAML.
  const { readConfig } = await import('./config/read-config.ts');
  return { ...source, config: await readConfig(path, source.text, file, options) };
}

async function readText(path: string, file: string): Promise<string> {
  try {
    await using handle = await open(path);
    return decode(await gather(handle.createReadStream({ autoClose: false }), file), file);
  } catch (thrown) {
    if (thrown instanceof KitError || codeOf(thrown) === undefined) throw thrown;
    const hint = codeOf(thrown) === 'EISDIR' ? folderHint : undefined;
    throw new KitError(`Cannot read "${file}": ${systemReason(thrown)}`, { cause: thrown, hint });
  }
}

const folderHint =
  'name the manifest, a file such as app.yml, which lists folders with a build.yml as images: image: ./web';

function systemReason(thrown: unknown): string {
  const reasons: Record<string, string> = {
    ENOENT: 'no such file',
    EISDIR: 'it is a folder',
    EACCES: 'permission denied',
    ENOTDIR: 'no such file',
  };
  return reasons[codeOf(thrown) ?? ''] ?? reasonOf(thrown);
}

/** Reads up to the limit, so that `/dev/zero` is an error and does not exhaust memory. */
async function gather(stream: AsyncIterable<Uint8Array | string>, file: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of stream) {
    const buffer = Buffer.from(piece);
    pieces.push(buffer);
    bytes += buffer.length;
    if (bytes > 4 * sizeLimit)
      throw new KitError(`Cannot read "${file}": it has more than ${4 * sizeLimit} bytes`);
  }
  return Buffer.concat(pieces);
}

function decode(bytes: Buffer, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (thrown) {
    throw new KitError(`Cannot read "${file}": it is not UTF-8 text`, { cause: thrown });
  }
}
