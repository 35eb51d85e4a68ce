import { lstatSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf, KitError } from '../../lib/errors/errors.ts';
import { type RunProgram, succeed } from '../../lib/linux/process/run-to-end.ts';
import { major } from './places.ts';

export interface DataTools {
  readonly run: RunProgram;
  say(line: string): void;
}

/**
 * Makes the data folder, unless there is one. It gets its name when all of it is on the disk: what an initdb
 * has left behind that was cut off has another name, and is made anew.
 * @param finish the last work on a new folder, before it gets its name
 * @throws KitError for a folder of that name which is not this version's
 */
export async function prepareData(
  data: string,
  { run, say }: DataTools,
  finish: (folder: string) => Promise<void>,
): Promise<void> {
  if (exists(data)) return checkVersion(data);
  const unfinished = `${data}.unfinished`;
  if (exists(unfinished)) say(`"${unfinished}" was cut off while it was made: it is made anew`);
  rmSync(unfinished, { recursive: true, force: true });
  await succeed(run, `make "${data}"`, ['initdb', ...initdbOptions, unfinished]);
  await finish(unfinished);
  renameSync(unfinished, data);
  await flushFolder(dirname(data));
  say(`made "${data}" of PostgreSQL ${major}`);
}

/**
 * initdb flushes all that it writes. Texts are ordered by the server itself, not by the libraries of the
 * image: an index stays right when they are replaced. Checksums show what a disk has damaged.
 */
const initdbOptions = [
  ...['--username=postgres', '--auth-local=peer', '--auth-host=scram-sha-256', '--data-checksums'],
  ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  '--pgdata',
];

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function checkVersion(data: string): void {
  const found = versionOf(data);
  if (found === major) return;
  if (found === undefined)
    throw new KitError(`Cannot start: "${data}" has no data of PostgreSQL, and stays as it is`, {
      hint: 'it has no file PG_VERSION; rename it, and a new folder is made',
    });
  throw new KitError(`Cannot start: "${data}" is of PostgreSQL ${found}, and this is ${major}`, {
    hint: 'pg_dumpall of that version writes what psql of this one reads into a new volume',
  });
}

function versionOf(data: string): string | undefined {
  try {
    return readFileSync(join(data, 'PG_VERSION'), 'utf8').trim().slice(0, 20);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ENOTDIR') return undefined;
    throw thrown;
  }
}

async function flushFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}
