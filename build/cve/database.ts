import { readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { Advisories } from './finding.ts';
import { isRecord } from './json.ts';
import { osvAdvisories } from './osv.ts';
import { trackerAdvisories } from './tracker.ts';
import { zipFiles } from './zip.ts';

/** Debian's tracker has 70 MB; what is more than this would not fit into a string of JavaScript. */
const databaseLimit = 400 << 20;
const mostFiles = 500_000;

/**
 * The advisories of a local database: the JSON of Debian's security tracker, one or a list of OSV's, or a ZIP
 * or a folder with those. @param shown its name in messages @throws KitError for one that is damaged or too
 * large
 */
export async function readDatabase(path: string, shown: string): Promise<Advisories> {
  const found = statOf(path, shown);
  if (found.isDirectory()) {
    const names = (await readdir(path)).filter((name) => name.endsWith('.json')).toSorted();
    if (names.length > mostFiles) throw wrong(shown, `it has more than ${mostFiles} files`);
    return osvAdvisories(
      names.map((name) => parsed(bytesOf(join(path, name), join(shown, name)), join(shown, name))),
    );
  }
  return readDatabaseText(bytesOf(path, shown), shown);
}

/** The advisories of one file. @throws KitError for one that is damaged, or of another kind */
export function readDatabaseText(bytes: Buffer, shown: string): Advisories {
  if (bytes.subarray(0, 2).toString() === 'PK') return osvAdvisories(zipped(bytes, shown));
  const value = parsed(bytes, shown);
  if (Array.isArray(value)) return osvAdvisories(value);
  if (isRecord(value) && typeof value.id === 'string' && Array.isArray(value.affected)) {
    return osvAdvisories([value]);
  }
  if (isRecord(value) && Object.values(value).some(isTracked)) return trackerAdvisories(value);
  throw wrong(shown, "it is neither Debian's tracker nor OSV's format");
}

function* zipped(archive: Buffer, shown: string): Generator<unknown> {
  for (const { name, bytes } of zipFiles(archive, shown)) {
    if (name.endsWith('.json')) yield parsed(bytes, `${shown}: ${name}`);
  }
}

const isTracked = (value: unknown): boolean =>
  isRecord(value) && Object.values(value).some((entry) => isRecord(entry) && isRecord(entry.releases));

function statOf(path: string, shown: string): ReturnType<typeof statSync> & object {
  try {
    return statSync(path);
  } catch (thrown) {
    throw wrong(shown, codeOf(thrown) === 'ENOENT' ? 'no such file' : reasonOf(thrown));
  }
}

function bytesOf(path: string, shown: string): Buffer {
  const found = statOf(path, shown);
  if (!found.isFile()) throw wrong(shown, 'it is not a file');
  if (Number(found.size) > databaseLimit) throw wrong(shown, `it has more than ${databaseLimit} bytes`);
  return readFileSync(path);
}

function parsed(bytes: Buffer, shown: string): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch (thrown) {
    throw wrong(shown, `it is damaged, or not whole: ${reasonOf(thrown).slice(0, 200)}`);
  }
}

const wrong = (shown: string, why: string): KitError =>
  new KitError(`Cannot read database "${shown}": ${why}`);
