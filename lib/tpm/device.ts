import { open } from 'node:fs/promises';
import type { TpmLink } from './call.ts';
import { responseLimit } from './response.ts';

/** The kernel's resource manager: it swaps objects in and out, and removes those of a program that ends. */
export const tpmDevice = '/dev/tpmrm0';

/** @throws the error of open(2): ENOENT for a machine without TPM */
export async function openTpm(path: string = tpmDevice): Promise<TpmLink & AsyncDisposable> {
  const file = await open(path, 'r+');
  return {
    transact: async (command) => {
      await file.write(command);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(responseLimit), 0, responseLimit, null);
      return buffer.subarray(0, bytesRead);
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}
