/**
 * The one door to libc: every foreign call of kit is declared in this room, through `bind` below, so that
 * another binding (koffi) could replace `node:ffi`, whose stability is 1, in this one file.
 */

import { DynamicLibrary, type FunctionDefinitions, getInt32 } from 'node:ffi';
import { constants } from 'node:os';
import { getSystemErrorMessage } from 'node:util';

/** A system call that failed, with the kernel's own name for the reason. */
export class SyscallError extends Error {
  override readonly name = 'SyscallError';
  readonly syscall: string;
  /** The symbolic errno (`ENOENT`), as on Node's own system errors. */
  readonly code: string;
  readonly errno: number;

  constructor(syscall: string, errno: number, subject?: string) {
    const code = errnoName(errno);
    super(`${syscall}${subject === undefined ? '' : ` "${subject}"`}: ${reason(errno)} (${code})`);
    this.syscall = syscall;
    this.code = code;
    this.errno = errno;
  }
}

// Reversed, so that of two names for one number the usual one wins: EAGAIN, not EWOULDBLOCK.
const names = new Map(
  Object.entries(constants.errno)
    .reverse()
    .map(([name, value]) => [value, name]),
);

function errnoName(errno: number): string {
  return names.get(errno) ?? `errno ${errno}`;
}

/** libuv does not know a few errnos (ENOTBLK); the code alone has to do then. */
function reason(errno: number): string {
  try {
    return getSystemErrorMessage(-errno) ?? 'failed';
  } catch {
    return 'failed';
  }
}

const loaded = new DynamicLibrary(null);
type Functions<T extends FunctionDefinitions> = ReturnType<typeof loaded.getFunctions<T>>;

/**
 * Declares functions of the C library this process already has loaded. Each is looked up and wrapped (0.1 ms, and many
 * times that on an emulated machine) when it is first used: most programs use a few of those they import.
 */
export function bindFunctions<const T extends FunctionDefinitions>(definitions: T): Functions<T> {
  const functions = {} as Functions<T>;
  for (const [name, signature] of Object.entries(definitions)) {
    const get = () => {
      const value = loaded.getFunction(name, signature);
      Object.defineProperty(functions, name, { value });
      return value;
    };
    Object.defineProperty(functions, name, { get, configurable: true });
  }
  return functions;
}

const { __errno_location } = bindFunctions({ __errno_location: { arguments: [], return: 'pointer' } });

/** errno's address belongs to the thread: one module instance per Worker, so one look-up each. */
const errnoAddress = __errno_location();

/** The result of a call that reports failure as a negative number; throws straight away, before errno changes. */
export function check<N extends number | bigint>(syscall: string, result: N, subject?: string): N {
  if (result < 0) throw new SyscallError(syscall, getInt32(errnoAddress), subject);
  return result;
}
