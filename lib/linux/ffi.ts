/**
 * The only use of `node:ffi` to declare functions of libc: lib/linux calls `bindFunctions`, everything else
 * calls lib/linux. `node:ffi` has stability 1; another binding (koffi) could replace it in this file alone.
 */

import {
  DynamicLibrary,
  type FunctionDefinitions,
  getInt32,
  getRawPointer,
  toString as stringAt,
} from 'node:ffi';
import { constants } from 'node:os';
import { getSystemErrorMessage } from 'node:util';

/** A failed system call, with the name of its errno. */
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

// Reversed, so that the usual one of two names for a number wins: EAGAIN, not EWOULDBLOCK.
const names = new Map(
  Object.entries(constants.errno)
    .reverse()
    .map(([name, value]) => [value, name]),
);

function errnoName(errno: number): string {
  return names.get(errno) ?? `errno ${errno}`;
}

/** libuv has no message for a few errnos, such as ENOTBLK. */
function reason(errno: number): string {
  try {
    return getSystemErrorMessage(-errno) ?? 'failed';
  } catch {
    return 'failed';
  }
}

const loaded = new DynamicLibrary(null);
type Functions<T extends FunctionDefinitions> = ReturnType<typeof loaded.getFunctions<T>>;

/** The text at an address that a C function has returned: bytes up to a NUL, as UTF-8. */
export const textAt = (address: bigint): string | null => stringAt(address);

/** The address of a function of the C library, for calls that take one. */
export const functionAddress = (name: string): bigint => loaded.getSymbol(name);

/** The address after the last byte of a buffer, rounded down to 16: the top of a stack. */
export const stackTop = (stack: Buffer): bigint => (getRawPointer(stack) + BigInt(stack.length)) & ~15n;

/** As `bindFunctions`, of another library: `libcrypt.so.1`. Undefined if this system lacks it. */
export function bindLibrary<const T extends FunctionDefinitions>(
  name: string,
  definitions: T,
): Functions<T> | undefined {
  try {
    return new DynamicLibrary(name).getFunctions(definitions);
  } catch {
    return undefined;
  }
}

/**
 * Declares functions of the C library that this process has loaded. Each is looked up and wrapped when it is
 * first used: that takes 0.1 ms (many times more under emulation), and most programs use only a few of the
 * functions they import. By a handle of their own, since a handle keeps one signature for each name, and
 * syscall(2) has many.
 */
export function bindFunctions<const T extends FunctionDefinitions>(definitions: T): Functions<T> {
  const functions = {} as Functions<T>;
  let library: DynamicLibrary | undefined;
  for (const [name, signature] of Object.entries(definitions)) {
    const get = () => {
      library ??= new DynamicLibrary(null);
      const value = library.getFunction(name, signature);
      Object.defineProperty(functions, name, { value });
      return value;
    };
    Object.defineProperty(functions, name, { get, configurable: true });
  }
  return functions;
}

const { __errno_location } = bindFunctions({ __errno_location: { arguments: [], return: 'pointer' } });

/** The address of errno is that of the thread; each Worker has its own instance of this module. */
const errnoAddress = __errno_location();

/**
 * Checks the result of a call that returns a negative number on failure. To be called at once: the next call
 * may change errno.
 * @throws SyscallError
 */
export function check<N extends number | bigint>(syscall: string, result: N, subject?: string): N {
  if (result < 0) throw new SyscallError(syscall, getInt32(errnoAddress), subject);
  return result;
}
