import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { constants as system } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { getSystemErrorMessage } from 'node:util';
import { codeOf, reasonOf } from './errors.ts';

/** What was to be started: a name, which is looked for along `env.PATH`, or a path. */
export interface Attempt {
  readonly file: string;
  /** Our own, unless given. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly cwd?: string | undefined;
}

export interface NotStarted {
  /** There is no such program, as far as this user may look. */
  readonly missing: boolean;
  /** `it is not there`, `it may not be executed` */
  readonly reason: string;
}

/**
 * Why a program did not start, `thrown` being what spawn or execve of Node reported. The error number alone
 * does not tell: with a folder in PATH that this user may not search, a program that is nowhere is EACCES
 * (execvp(3)); and a missing working directory or interpreter is ENOENT as well.
 */
export function notStarted(thrown: unknown, attempt: Attempt): NotStarted {
  const code = codeOf(thrown) ?? '';
  if (code === 'ERR_INVALID_ARG_VALUE') return { missing: true, reason: 'that names no program' };
  if (!lookedFor.has(code)) return { missing: false, reason: systemReason(code) ?? reasonOf(thrown) };
  const { file, cwd } = attempt;
  if (cwd !== undefined && !isFolder(cwd))
    return { missing: false, reason: `there is no folder "${cwd}" to run it in` };
  const found = candidates(attempt).map((path) => ({ path, state: look(path) }));
  const first = (state: State): string | undefined => found.find((one) => one.state === state)?.path;
  const there = first('program');
  if (there !== undefined && (code === 'ENOENT' || lacksInterpreter(there)))
    return { missing: false, reason: `the interpreter of ${called(there, file)} is not there` };
  const refused = first('refused') ?? there;
  if (refused !== undefined)
    return { missing: false, reason: `${called(refused, file)} may not be executed` };
  const closed = first('closed');
  return { missing: true, reason: closed === undefined ? notThere : `${notThere} (${closedTo(closed)})` };
}

/** By name: execve of node:process gives no number that getSystemErrorMessage takes. */
function systemReason(code: string): string | undefined {
  const number = new Map<string, number>(Object.entries(system.errno)).get(code);
  return number === undefined ? undefined : getSystemErrorMessage(-number);
}

const lookedFor: ReadonlySet<string> = new Set(['ENOENT', 'EACCES', 'ENOTDIR']);

const notThere = 'it is not there';

const closedTo = (path: string): string => `this user may not look into "${dirname(path)}"`;

const called = (path: string, file: string): string => (path === file ? 'it' : `"${path}"`);

/** Where execvp(3) looks; without a PATH the C library has one of its own. */
function candidates({ file, env = process.env, cwd = '.' }: Attempt): string[] {
  if (file.includes('/')) return [file.startsWith('/') ? file : resolve(cwd, file)];
  return (env.PATH ?? '/bin:/usr/bin').split(':').map((folder) => resolve(cwd, join(folder || '.', file)));
}

type State = 'absent' | 'closed' | 'refused' | 'program';

function look(path: string): State {
  try {
    if (!statSync(path).isFile()) return 'refused';
  } catch (thrown) {
    return codeOf(thrown) === 'EACCES' ? 'closed' : 'absent';
  }
  try {
    accessSync(path, constants.X_OK);
    return 'program';
  } catch {
    return 'refused';
  }
}

/** Of a script. That a folder of PATH is closed hides the ENOENT which tells so otherwise. */
function lacksInterpreter(path: string): boolean {
  try {
    const [, interpreter] = /^#![ \t]*(\/\S+)/.exec(readFileSync(path, 'latin1')) ?? [];
    return interpreter !== undefined && look(interpreter) === 'absent';
  } catch {
    // It may be executed, and not read.
    return false;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
