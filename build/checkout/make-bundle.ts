import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type OutputFile, stop } from 'esbuild';
import { KitError } from '../../lib/errors/errors.ts';
import { writeWhole } from '../cache/write.ts';
import { kitRoot } from '../host/paths.ts';
import { isPrivateFolder } from '../host/users/private-folder.ts';
import { programOptions } from '../npm/programs.ts';
import { requireText } from '../packages/bundle/builtins.ts';
import { npmFolders } from '../packages/components.ts';
import { stampFile } from './find-bundle.ts';
import { changedMs, pathsOf, stampOf } from './stamp.ts';

/**
 * Sources that have changed within this time may be about to change again. It also has to be longer than the
 * steps of any file system's clock: an edit in the same step would leave no trace.
 */
const settledMs = 60_000;

/**
 * Makes the bundle that `findBundle` finds. Does nothing in a folder that is not this user's alone, or while
 * somebody edits the sources; and nothing fails if it cannot be made, since the sources run as well.
 * @param folder of the bundle, in one that exists. A cache made a moment ago, as by a test, is left alone
 * @param before sources and the cache must not have changed since, in milliseconds since 1970
 */
export async function keepBundle(folder: string, before = Date.now() - settledMs): Promise<void> {
  try {
    const above = dirname(folder);
    if (!isPrivateFolder(above) || statSync(above).birthtimeMs > before) return;
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    if (!isPrivateFolder(folder)) return;
    accessSync(folder, constants.W_OK);
    const isSettled = (stamps: readonly string[]): boolean => stamps.every((one) => changedMs(one) <= before);
    if (!isSettled(likelyInputs(folder).map((path) => stampOf(path) ?? missing(path)))) return;
    const { stamps, files } = await compile(folder);
    if (!isSettled(stamps)) return;
    for (const { path, contents } of files) await writeWhole(path, contents, 0o600);
    const [bundle = ''] = files.map(({ path }) => path).filter((path) => path.endsWith('.mjs'));
    await writeWhole(join(folder, stampFile), [stampOf(bundle), ...stamps].join('\n'), 0o600);
    const names = new Set([stampFile, ...files.map(({ path }) => basename(path))]);
    for (const name of readdirSync(folder).filter((found) => !names.has(found))) rmSync(join(folder, name));
  } catch {
    // A disk that is full or read-only, sources in the middle of an edit.
  } finally {
    await stop();
  }
}

/** Those of the bundle before: compiling what is still edited would be in vain. */
function likelyInputs(folder: string): string[] {
  const stamp = join(folder, stampFile);
  const inputs = existsSync(stamp) ? pathsOf(readFileSync(stamp, 'utf8')).slice(1) : [];
  return [...inputs.filter((path) => existsSync(path)), ...['build/main.ts', ...installed].map(inCheckout)];
}

/** Compiles build/main.ts. The stamps are those of all files that decide what the bundle is. */
async function compile(folder: string): Promise<{ files: OutputFile[]; stamps: string[] }> {
  const { outputFiles, metafile } = await build({
    ...programOptions(),
    // The bundle of this file is not used: its inputs make the bundle what it is, too.
    entryPoints: [inCheckout('build/main.ts'), inCheckout('build/checkout/make-bundle.ts')],
    absWorkingDir: kitRoot,
    outdir: folder,
    entryNames: '[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    write: false,
    sourcemap: 'linked',
    sourcesContent: false,
    // Where packages are looked up, and what build/host/paths.ts derives the checkout from.
    banner: { js: requireText.replace('import.meta.url', urlOf('build/main.ts')) },
    define: { ...programOptions().define, 'import.meta.url': urlOf('build/host/paths.ts') },
  });
  const sources = Object.keys(metafile.inputs).filter((path) => !/^[a-z]+:/.test(path));
  const paths = sources.map((path) => resolve(kitRoot, path));
  const packages = npmFolders(paths).map((path) => join(path, 'package.json'));
  const stamps = [...paths, ...packages, ...installed.map(inCheckout)].map(
    (path) => stampOf(path) ?? missing(path),
  );
  return { files: outputFiles.filter(({ path }) => basename(path).startsWith('main-')), stamps };
}

/** Written whenever other packages are installed. */
const installed = ['package.json', 'node_modules/.package-lock.json'];

const inCheckout = (path: string): string => join(kitRoot, path);

const urlOf = (path: string): string => JSON.stringify(pathToFileURL(inCheckout(path)).href);

function missing(path: string): never {
  throw new KitError(`Cannot bundle kit: "${path}" is missing`);
}
