import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { tagPattern } from '../../../lib/bundle/disks.ts';
import { codeOf, KitError, reasonOf } from '../../../lib/errors/errors.ts';

/** A folder of the host for the machine, as `--share` describes it. */
export interface ShareOption {
  /** Absolute, without symbolic links. */
  readonly path: string;
  /** By which the manifest names it (`share: TAG` of a volume). */
  readonly tag: string;
  /** The machine cannot change it, whatever runs there. */
  readonly readOnly: boolean;
  /** Over 9p in any case, for kernels without virtiofs. */
  readonly only9p: boolean;
}

/**
 * Reads each `FOLDER:TAG[,ro][,9p]`; the folder may have colons and commas in its name.
 * @throws KitError for a folder that is not there, and for a tag that is given twice
 */
export function parseShares(texts: readonly string[], cwd: string): ShareOption[] {
  const shares = texts.map((text) => parseShare(text, cwd));
  const twice = shares.find(({ tag }, at) => shares.findIndex((other) => other.tag === tag) !== at);
  if (!twice) return shares;
  throw new KitError(`Cannot share "${twice.path}" as "${twice.tag}": another folder has this tag`, {
    exitCode: 2,
  });
}

function parseShare(text: string, cwd: string): ShareOption {
  const at = text.lastIndexOf(':');
  const [folder, [tag = '', ...options]] = [text.slice(0, Math.max(0, at)), text.slice(at + 1).split(',')];
  if (folder === '') throw unreadable(text, 'expected a folder, a colon and a tag');
  if (!tagPattern.test(tag))
    throw unreadable(text, `"${tag}" is no tag: 1 to 31 letters, digits and "_.-", the first no sign`);
  const unknown = options.find((option) => option !== 'ro' && option !== '9p');
  if (unknown !== undefined) throw unreadable(text, `no option "${unknown}"`);
  const [readOnly, only9p] = [options.includes('ro'), options.includes('9p')];
  return { path: realFolder(folder, cwd), tag, readOnly, only9p };
}

function realFolder(folder: string, cwd: string): string {
  try {
    const path = realpathSync(resolve(cwd, folder));
    if (statSync(path).isDirectory()) return path;
  } catch (thrown) {
    const reason = codeOf(thrown) === 'ENOENT' ? 'no such folder' : reasonOf(thrown);
    throw new KitError(`Cannot share "${folder}": ${reason}`, { cause: thrown });
  }
  throw new KitError(`Cannot share "${folder}": it is no folder`);
}

const unreadable = (text: string, why: string): KitError =>
  new KitError(`Cannot read share "${text}": ${why}`, { hint: 'expected FOLDER:TAG[,ro][,9p]', exitCode: 2 });
