import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { readLimited } from '../../lib/files/read-limited.ts';
import { isObject } from '../../lib/json/is-object.ts';
import type { Advisories } from './finding.ts';
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
  if (isFolder(path)) {
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
  if (isObject(value) && typeof value.id === 'string' && Array.isArray(value.affected)) {
    return osvAdvisories([value]);
  }
  if (isObject(value) && Object.values(value).some(isTracked)) return trackerAdvisories(value);
  throw wrong(shown, "it is neither Debian's tracker nor OSV's format");
}

function* zipped(archive: Buffer, shown: string): Generator<unknown> {
  for (const { name, bytes } of zipFiles(archive, shown)) {
    if (name.endsWith('.json')) yield parsed(bytes, `${shown}: ${name}`);
  }
}

const isTracked = (value: unknown): boolean =>
  isObject(value) && Object.values(value).some((entry) => isObject(entry) && isObject(entry.releases));

/** What cannot be looked at is no folder: reading it as a file says why. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

const bytesOf = (path: string, shown: string): Buffer =>
  readLimited(path, databaseLimit, (why) => wrong(shown, why));

function parsed(bytes: Buffer, shown: string): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch (thrown) {
    throw wrong(shown, `it is damaged, or not whole: ${reasonOf(thrown).slice(0, 200)}`);
  }
}

const wrong = (shown: string, why: string): KitError =>
  new KitError(`Cannot read database "${shown}": ${why}`);
