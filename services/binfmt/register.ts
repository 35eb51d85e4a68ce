import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, combineErrors, KitError, reasonOf } from '../../lib/errors/errors.ts';
import { readConfigFolder } from '../../lib/kernel-settings/config-folder.ts';
import { writeAtOnce } from '../../lib/kernel-settings/write-at-once.ts';
import type { BinfmtSettings } from './arguments.ts';
import { parseRegistrations, type Registration } from './registrations.ts';

/**
 * Registers the interpreters of all files of a folder, in the order of the files' names; one of a name that
 * there is already takes its place. All are tried. @throws KitError, KitErrors that name file and line
 */
export function registerAll({ folder, mountPoint }: BinfmtSettings, say: (line: string) => void): void {
  if (!existsSync(join(mountPoint, 'register')))
    throw new KitError(`Cannot register interpreters: "${mountPoint}" is no mounted binfmt_misc`, {
      hint: 'the label of pkg/binfmt mounts it at /binfmt_misc: leave its binds and its runtime as they are',
    });
  // A magic may have any byte.
  const { files, problems: unread } = readConfigFolder(folder, 'latin1');
  const errors = [...unread];
  const names: string[] = [];
  for (const { file, text } of files) {
    const { all, problems } = parseRegistrations(text, file);
    errors.push(...problems);
    for (const registration of all) {
      const error = register(registration, file, mountPoint);
      if (error) errors.push(error);
      else names.push(registration.name);
    }
  }
  say(names.length > 0 ? `registered ${names.join(', ')}` : `nothing to register in ${folder}`);
  if (errors.length > 0) throw combineErrors(errors);
}

function register(one: Registration, file: string, mountPoint: string): KitError | undefined {
  const fail = (reason: string, hint?: string): KitError =>
    new KitError(`Cannot register "${one.name}": ${reason}`, {
      place: { file, line: one.line, column: 1 },
      hint,
    });
  if (one.opensAtOnce && !isProgram(one.interpreter))
    return fail(`"${one.interpreter}" is no program in this container`, 'the flag F opens it now');
  try {
    try {
      write(join(mountPoint, 'register'), one.text);
    } catch (thrown) {
      if (codeOf(thrown) !== 'EEXIST') throw thrown;
      write(join(mountPoint, one.name), '-1');
      write(join(mountPoint, 'register'), one.text);
    }
    return undefined;
  } catch (thrown) {
    return fail(reasonOf(thrown));
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const write = (path: string, text: string): void => writeAtOnce(path, Buffer.from(text, 'latin1'));
