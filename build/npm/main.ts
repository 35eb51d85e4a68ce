/**
 * `npm pack` runs this first (`prepack`): compiles kit into dist/, which the npm package has in place of the
 * sources. package.json lists under `files` what else is in it.
 *
 *   kit.js, large.js, …  the programs of the host
 *   manifest.js, types  what other programs import
 *   services, init      the bundles of the guest's programs
 *   *.json              what kit looks up in its sources and in package-lock.json
 *   notices.txt         licences of the npm packages in them
 */
import { mkdirSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { renderError } from '../../lib/errors/render.ts';
import { packagedFile } from '../host/paths.ts';
import { checkoutLocks, nodeLocksName } from '../packages/node-runtime/locked-node.ts';
import { allSources, sourceHashes, sourceTable } from '../packages/recipes.ts';
import { notices } from './notices.ts';
import { compilePrograms } from './programs.ts';
import { bundleServices } from './services.ts';
import { writeTypes } from './types.ts';

// npm keeps the modes of files: the package has to be readable whatever the umask is.
process.umask(0o022);
const dist = packagedFile('');
const folder = `${dist.replace(/\/$/, '')}.new`;
try {
  await rm(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const [programs, services] = await Promise.all([
    compilePrograms(folder),
    bundleServices(folder),
    writeTypes(join(folder, 'types'), AbortSignal.timeout(300_000)),
  ]);
  const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);
  await write(sourceTable, JSON.stringify(hashesBySource()));
  await write(nodeLocksName, JSON.stringify(await checkoutLocks()));
  await write('notices.txt', await notices([...programs, ...services]));
  await rm(dist, { recursive: true, force: true });
  await rename(folder, dist);
} catch (thrown) {
  await rm(folder, { recursive: true, force: true });
  process.stderr.write(`${renderError(thrown)}\n`);
  process.exitCode = 1;
}

function hashesBySource(): Record<string, string> {
  const hashes = sourceHashes(allSources);
  return Object.fromEntries(allSources.map((path, at) => [path, hashes[at] ?? '']));
}
