import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { readdir, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readTar } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { ratioBound } from '../../binary/compressed/bound.ts';
import { unpacked } from '../../binary/compressed/compression.ts';
import { inScratch } from '../../cache/scratch.ts';
import { installedNode, nodePackages } from '../../host/kit-node.ts';
import { kitRoot } from '../../host/paths.ts';
import { ProgramError, runProgram } from '../../host/program.ts';
import type { Work } from '../../work.ts';
import { type LockedNode, lockedNode } from './locked-node.ts';

/**
 * The pinned Node for the architecture of `work`, unstripped. npm has installed that of this machine; the
 * other is fetched by npm when first needed, and unpacked into `scratch`.
 */
export async function nodeBinary(scratch: string, work: Work): Promise<string> {
  const name = nodePackages[work.arch];
  const installed = installedNode(name);
  if (installed !== undefined) return installed;
  const archive = await fetchPackage(await lockedNode(name), work);
  const file = join(scratch, 'node');
  const { size } = await stat(archive);
  const bytes = unpacked(archive, 'gzip', ratioBound(size), { signal: work.signal });
  for await (const entry of readTar(bytes, archive)) {
    if (entry.path !== 'package/bin/node') continue;
    await pipeline(Readable.from(entry.body), createWriteStream(file));
    return file;
  }
  throw new KitError(`Cannot find "bin/node" in npm package "${name}"`);
}

/** The package's archive in the cache, verified against its lock at every use. */
async function fetchPackage(locked: LockedNode, work: Work): Promise<string> {
  const file = join(work.cache.dir, 'npm', `${locked.name}-${locked.version}.tgz`);
  if (existsSync(file) && (await integrityOf(file)) === locked.integrity) return file;
  const title = `Fetch ${locked.name} ${locked.version}`;
  await work.progress.task(title, () =>
    inScratch(work.cache.dir, async (folder) => {
      const fetched = await npmPack(locked, folder, work);
      const integrity = await integrityOf(fetched);
      if (integrity !== locked.integrity) {
        throw new KitError(
          `Cannot use npm package "${locked.name}": its archive is "${integrity}", ` +
            `and its lock wants "${locked.integrity}"`,
        );
      }
      makeFolder(dirname(file));
      await rename(fetched, file);
    }),
  );
  return file;
}

/** npm uses the user's registry, proxy and credentials, and kit's own .npmrc in the current folder. */
async function npmPack({ name, version }: LockedNode, folder: string, work: Work): Promise<string> {
  const args = ['pack', `${name}@${version}`, '--pack-destination', folder, '--prefer-offline', '--silent'];
  await runProgram('npm', args, { signal: work.signal, cwd: kitRoot, env: work.env }).catch(
    (cause: unknown) => {
      if (!(cause instanceof ProgramError)) throw cause;
      const why = cause.notStarted
        ? `npm: ${cause.notStarted.reason}`
        : `npm does not give "${name}@${version}"`;
      throw new KitError(`Cannot fetch Node for ${work.arch}: ${why}`, {
        cause,
        hint: 'the first image for another architecture needs npm and its registry',
      });
    },
  );
  const [archive] = (await readdir(folder)).filter((file) => file.endsWith('.tgz'));
  if (archive !== undefined) return join(folder, archive);
  throw new KitError(`Cannot fetch Node for ${work.arch}: npm pack wrote no archive`);
}

async function integrityOf(file: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}
