import { KitError } from '../../errors/errors.ts';
import { listed, printable } from './listed.ts';
import { type PlannedFile, type PlannedFolder, secretMode, type UserDataPlan } from './user-data-plan.ts';

const maximalFiles = 1000;
const maximalDepth = 16;

/**
 * Reads LinuxKit's user data: a JSON object of folders and files below /run/config, nested up to 16 deep.
 *
 *     {"ssh": {"entries": {"authorized_keys": {"perm": "0600", "content": "ssh-ed25519 …"}}}}
 *
 * An object with neither `entries` nor `content` is reported as a problem; the others are still read.
 * @throws KitError when it is not JSON.
 */
export function readEntries(text: string, source: string): UserDataPlan {
  const files: PlannedFile[] = [];
  const folders: PlannedFolder[] = [];
  const problems: string[] = [];
  const notes: string[] = [];
  const visit = (name: string, value: unknown, folder: readonly string[]): void => {
    const path = [...folder, name];
    try {
      checkPath(path);
      if (files.length + folders.length >= maximalFiles)
        throw new KitError(`more than ${maximalFiles} files`);
      const entry = fieldsOf(value);
      const known = entry.entries === undefined ? ['content', 'perm'] : ['entries', 'perm'];
      const others = Object.keys(entry).filter((key) => !known.includes(key));
      if (others.length > 0 && notes.length < maximalFiles)
        notes.push(`ignored keys of "${printable(path.join('/'))}": ${listed(others)}`);
      if (entry.entries !== undefined) {
        const children = Object.entries(fieldsOf(entry.entries));
        folders.push({ path: path.join('/'), mode: modeOf(entry.perm) });
        for (const [child, inner] of children) visit(child, inner, path);
      } else files.push(fileOf(path, entry));
    } catch (error) {
      if (!(error instanceof KitError)) throw error;
      if (problems.length < maximalFiles) problems.push(`Cannot write "${path.join('/')}": ${error.message}`);
    }
  };
  for (const [name, value] of Object.entries(fieldsOf(parseJson(text, source)))) visit(name, value, []);
  return { sshKeys: [], files, folders, problems, notes };
}

/** Every part must be a single file name, so that nothing is written outside the folder. */
function checkPath(path: readonly string[]): void {
  const name = path.at(-1) ?? '';
  if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name) || Buffer.byteLength(name) > 255) {
    throw new KitError('a name must not contain "/" and must not be ".."');
  }
  if (path.length > maximalDepth) throw new KitError(`more than ${maximalDepth} folders deep`);
}

function fileOf(path: readonly string[], { content, perm }: Record<string, unknown>): PlannedFile {
  if (typeof content !== 'string') throw new KitError('neither "entries" nor "content"');
  return { path: path.join('/'), mode: modeOf(perm) ?? secretMode, content: Buffer.from(content) };
}

/** Octal digits as text (LinuxKit) or, a common mistake, as a number. */
function modeOf(perm: unknown): number | undefined {
  if (perm === undefined) return undefined;
  const digits = String(perm);
  if (!/^0?[0-7]{1,3}$/.test(digits))
    throw new KitError(`"perm" is "${digits}", expected octal digits such as "0644"`);
  return Number.parseInt(digits, 8);
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new KitError('not a JSON object');
  return value as Record<string, unknown>;
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new KitError(`Cannot read ${source}: it begins like JSON but is not valid`, { cause: error });
  }
}
