/** Whether this machine can take a debug image, or an update. */
import { readFileSync, statfsSync } from 'node:fs';
import { status } from '@grpc/grpc-js';
import { rpcError } from '../calls/rpc-error.ts';
import { readMeminfo } from '../usage/meminfo.ts';

/** Bytes of memory that a layer must leave available to the machine. */
const reserve = 32 << 20;

/**
 * @param folder on the tmpfs that receives the bytes; undefined: it is not mounted yet, and will get half of
 *   the memory
 * @param what that they are of
 * @throws RpcError if there is not enough memory
 */
export function requireMemory(bytes: number, folder: string | undefined, what = 'a debug image'): void {
  const { total, available } = readMeminfo();
  const { bsize, bavail } = folder === undefined ? { bsize: 1, bavail: total / 2 } : statfsSync(folder);
  const free = Math.max(0, Math.min(available - reserve, bsize * bavail));
  if (bytes <= free) return;
  const action = `Cannot bring ${megabytes(bytes)} of ${what} into the machine`;
  const why = `it has ${megabytes(free)} of memory left for it`;
  throw rpcError(status.RESOURCE_EXHAUSTED, `${action}: ${why}`);
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/**
 * In a user namespace, as under `kit run container`, the kernel does not mount EROFS images
 * (user_namespaces(7)).
 * @throws RpcError in a user namespace
 */
export function requireImageMounts(what = 'a debug image'): void {
  if (/^ *0 +0 +4294967295$/m.test(readFileSync('/proc/self/uid_map', 'utf8'))) return;
  throw rpcError(
    status.FAILED_PRECONDITION,
    `Cannot bring ${what} into a machine that is a container: nothing can be mounted from a file there`,
  );
}
