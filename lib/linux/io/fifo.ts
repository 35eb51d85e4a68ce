import { bindFunctions, check, SyscallError } from '../ffi.ts';

const libc = bindFunctions({ mkfifo: { arguments: ['string', 'uint32'], return: 'int32' } });

/** mkfifo(3); an existing one is kept. */
export function makeFifo(path: string, mode = 0o600): void {
  try {
    check('mkfifo', libc.mkfifo(path, mode), path);
  } catch (thrown) {
    if (!(thrown instanceof SyscallError) || thrown.code !== 'EEXIST') throw thrown;
  }
}
