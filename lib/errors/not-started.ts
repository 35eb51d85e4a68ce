import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { constants as system } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { errnoText } from './errno.ts';
import { codeOf, reasonOf } from './errors.ts';

/** The program to start: a path, or a name to look up in `env.PATH`. */
export interface Attempt {
  readonly file: string;
  /** Default: the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly cwd?: string | undefined;
}

export interface NotStarted {
  /** There is no such program in any folder that this user may search. */
  readonly missing: boolean;
  /** `it is not there`, `it may not be executed` */
  readonly reason: string;
}

/**
 * Why a program could not be started. `thrown`: the error of spawn or execve of Node. Its code is ambiguous:
 * if PATH has a folder that this user may not search, a missing program is EACCES (execvp(3)), and a missing
 * working directory or interpreter is ENOENT like a missing program.
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

/** By code: errors of execve of node:process have no errno that errnoText accepts. */
function systemReason(code: string): string | undefined {
  const number = new Map<string, number>(Object.entries(system.errno)).get(code);
  return number === undefined ? undefined : errnoText(-number);
}

const lookedFor: ReadonlySet<string> = new Set(['ENOENT', 'EACCES', 'ENOTDIR']);

const notThere = 'it is not there';

const closedTo = (path: string): string => `this user may not look into "${dirname(path)}"`;

const called = (path: string, file: string): string => (path === file ? 'it' : `"${path}"`);

/** Where execvp(3) looks; without PATH the C library has a default. */
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

/**
 * Whether the interpreter of a script is missing. The ENOENT for it is hidden by EACCES for a folder of PATH.
 */
function lacksInterpreter(path: string): boolean {
  try {
    const [, interpreter] = /^#![ \t]*(\/\S+)/.exec(readFileSync(path, 'latin1')) ?? [];
    return interpreter !== undefined && look(interpreter) === 'absent';
  } catch {
    // Executable but not readable.
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
