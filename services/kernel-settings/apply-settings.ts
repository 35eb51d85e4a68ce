import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, combineErrors, KitError, reasonOf } from '../../lib/errors/errors.ts';
import { readConfigFolder } from '../../lib/kernel-settings/config-folder.ts';
import type { SettingLine, SettingLines } from '../../lib/kernel-settings/setting-lines.ts';
import { writeAtOnce } from '../../lib/kernel-settings/write-at-once.ts';
import { lockedValue, neededCapability } from './guarded.ts';

/** What the two programs differ in. */
export interface Program {
  readonly parse: (text: string, file: string) => SettingLines;
  /** The folder of the settings: `/proc/sys` */
  readonly root: string;
}

/**
 * Writes the settings of all files of a folder, in the order of the files' names; a later one wins. All are
 * tried. @throws KitError, KitErrors that name file and line of each that is wrong or that the kernel refuses
 */
export function applySettings(folder: string, program: Program, say: (line: string) => void): void {
  const { files, problems } = readConfigFolder(folder);
  const errors = [...problems];
  let [count, total] = [0, 0];
  for (const { file, text } of files) {
    const { settings, problems: wrong } = program.parse(text, file);
    errors.push(...wrong);
    total += settings.length;
    for (const setting of settings) {
      const error = apply(setting, file, program.root);
      if (error === undefined) count += 1;
      else if (!setting.quiet) errors.push(error);
    }
  }
  say(`made ${count} of ${total} settings in ${folder}`);
  if (errors.length > 0) throw combineErrors(errors);
}

function apply({ path, value, line }: SettingLine, file: string, root: string): KitError | undefined {
  const target = join(root, path);
  try {
    // An empty value takes its newline.
    writeAtOnce(target, Buffer.from(`${value}\n`));
    return undefined;
  } catch (thrown) {
    const current = currentValue(target);
    // Of what can no longer be changed, the value that it has is refused as well.
    if (current !== undefined && current === words(value)) return undefined;
    return new KitError(`Cannot set "${path}" to "${value}": ${why(thrown, path, current)}`, {
      place: { file, line, column: 1 },
      hint: wayOut(thrown, path, current),
      cause: thrown,
    });
  }
}

function currentValue(target: string): string | undefined {
  try {
    return words(readFileSync(target, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The kernel puts tabs between the numbers of a value. */
const words = (text: string): string => text.trim().replace(/\s+/g, ' ');

function why(thrown: unknown, path: string, current: string | undefined): string {
  if (codeOf(thrown) === 'ENOENT') return 'this kernel has no such setting';
  const locked = lockedValue(path);
  if (locked !== undefined && current === locked) return `it is "${locked}", which holds until the next boot`;
  if (codeOf(thrown) === 'EINVAL') return 'the kernel does not take this value';
  return reasonOf(thrown).replace(/^\w+: (.*?), .*$/, '$1');
}

function wayOut(thrown: unknown, path: string, current: string | undefined): string | undefined {
  if (codeOf(thrown) === 'ENOENT')
    return 'that of a protocol or device is there once its module is loaded; a dash before the name passes over it';
  if (current !== undefined && current === lockedValue(path))
    return 'init sets it in images for production: a file of the same setting in /etc/sysctl.d of the machine overrides it';
  const capability = neededCapability(path);
  if (capability === undefined || !['EPERM', 'EACCES'].includes(codeOf(thrown) ?? '')) return undefined;
  return `it needs ${capability}: add it to the entry's capabilities, or put the file into /etc/sysctl.d of the machine, which init applies`;
}
