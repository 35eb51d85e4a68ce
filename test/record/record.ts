import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Arch } from '../../build/host/arch.ts';
import { cacheDir } from '../../build/host/paths.ts';
import { formatNames } from '../../build/outputs/formats.ts';
import { compiledExamples } from '../outputs/examples.ts';
import { linkDownloads, linkTree } from '../reproducible/world.ts';
import { checkOut, commitOf, fixTags, folderIn } from './checkout.ts';
import { Contents } from './contents.ts';
import { wholeVariable } from './esbuild.ts';
import type { BuiltRecord, FileRecord, ImageRecord } from './types.ts';

const execute = promisify(execFile);
const arches: readonly Arch[] = ['amd64', 'arm64'];

/**
 * Builds every example of a revision, or of the work tree, in every format and for both architectures, with
 * that revision's kit. Uses a new cache, since cached results of another kit from the same inputs would hide
 * a difference.
 * @param say logs the progress
 */
export async function recordOf(
  revision: string | undefined,
  say: (line: string) => void,
): Promise<ImageRecord> {
  const of = revision === undefined ? 'work tree' : commitOf(revision);
  const dir = await mkdtemp(join(tmpdir(), 'kit-record-'));
  try {
    const place: Place = {
      checkout: folderIn(dir, 'kit'),
      cache: folderIn(dir, 'cache'),
      out: folderIn(dir, 'out'),
    };
    await checkOut(revision, place.checkout);
    fixTags(place.checkout);
    await linkDownloads(place.cache);
    const record = await recordIn(place, of, say);
    await keepDownloads(place.cache);
    return record;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

interface Place {
  readonly checkout: string;
  readonly cache: string;
  readonly out: string;
}

async function recordIn(place: Place, of: string, say: (line: string) => void): Promise<ImageRecord> {
  const contents = new Contents();
  const images: Record<string, Record<string, BuiltRecord>> = {};
  const found = await readdir(join(place.checkout, 'examples'));
  say(`left out, since they are compiled for long: ${compiledExamples.join(', ')}`);
  const jobs = found
    .filter((name) => name.endsWith('.yml') && !compiledExamples.includes(name))
    .sort()
    .flatMap((manifest) =>
      arches.flatMap((arch) => formatNames.map((format) => ({ manifest, arch, format }))),
    );
  const left = jobs.values();
  const work = async (): Promise<void> => {
    for (const { manifest, arch, format } of left) {
      const built = await buildTwice(place, manifest, arch, format, contents);
      images[manifest] ??= {};
      images[manifest][`${arch} ${format}`] = built;
      say(`${manifest}, ${arch} ${format}: ${summary(built)}`);
    }
  };
  // Computes checksums of one build while the next runs.
  await Promise.all([work(), work()]);
  const manifests = Object.entries(images).map(([name, built]) => [name, sorted(built)] as const);
  const { listings, bundles } = contents;
  return {
    of,
    images: Object.fromEntries(manifests),
    contents: sorted(Object.fromEntries(listings)),
    bundles: sorted(Object.fromEntries(bundles)),
  };
}

const summary = (built: BuiltRecord): string =>
  'refused' in built ? `refused: ${built.refused}` : Object.keys(built.files).join(', ');

/** Sorts by name, so that the order of builds does not matter. Archives and documents keep their order. */
const sorted = <T>(values: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Retries a failed build, since a race or the network may have caused the failure: only a repeated one counts
 * as a failure of the revision.
 */
async function buildTwice(...args: Parameters<typeof build>): Promise<BuiltRecord> {
  const first = await build(...args);
  return 'refused' in first ? build(...args) : first;
}

async function build(
  { checkout, cache, out }: Place,
  manifest: string,
  arch: Arch,
  format: string,
  contents: Contents,
): Promise<BuiltRecord> {
  const dir = join(out, `${manifest} ${arch} ${format}`);
  const args = ['build', '--json', '--arch', arch, '--format', format, '--name', 'x', '--dir', dir];
  const env = {
    ...process.env,
    ...{ KIT_CACHE: cache, TZ: 'UTC', LC_ALL: 'C.UTF-8', [wholeVariable]: join(checkout, 'examples') },
    SOURCE_DATE_EPOCH: undefined,
    NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'stand-in.ts')).href}`,
  };
  try {
    const path = join(checkout, 'examples', manifest);
    const { stdout } = await execute(join(checkout, 'kit'), [...args, path], { cwd: checkout, env });
    const { memoryMiB } = JSON.parse(stdout) as { memoryMiB: number };
    return { memoryMiB, files: await filesIn(dir, contents) };
  } catch (thrown) {
    return { refused: refusal(thrown, checkout) };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Some formats write folders instead of files. */
async function filesIn(dir: string, contents: Contents): Promise<Record<string, FileRecord>> {
  const files: Record<string, FileRecord> = {};
  for (const item of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!item.isFile()) continue;
    const file = join(item.parentPath, item.name);
    files[file.slice(dir.length + 1)] = await contents.add({ file, at: 0, bytes: (await stat(file)).size });
  }
  return sorted(files);
}

/** The error message of kit. @throws any other error. */
function refusal(thrown: unknown, checkout: string): string {
  const { code, stderr } = thrown as { code?: unknown; stderr?: unknown };
  const [error] = (typeof stderr === 'string' && /(?<=^error: ).*$/m.exec(stderr)) || [];
  if (typeof code !== 'number' || error === undefined) throw thrown;
  return error.replaceAll(dirname(checkout), '');
}

/** Keeps downloads for the next record. Renames single files, so that no partial file becomes visible. */
async function keepDownloads(cache: string): Promise<void> {
  for (const name of ['debs', 'npm']) {
    const [from, to] = [join(cache, name), folderIn(cacheDir(process.env), name)];
    const known = new Set(await readdir(to));
    for (const file of await readdir(from).catch((): string[] => [])) {
      if (!known.has(file)) await linkTree(join(from, file), join(to, file));
    }
  }
}
