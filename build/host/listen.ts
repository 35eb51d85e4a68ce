import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { codeOf, KitError, reasonOf } from '../../lib/errors/errors.ts';

/**
 * Starts to listen. Resolves to the address; for port 0, with the port that the kernel chose.
 * @throws KitError
 */
export async function listenOn(
  server: Server,
  { address, port }: Pick<AddressInfo, 'address' | 'port'>,
  hint: string,
): Promise<AddressInfo> {
  try {
    await once(server.listen(port, address), 'listening');
    return server.address() as AddressInfo;
  } catch (thrown) {
    const code = codeOf(thrown);
    const why = (code && reasons[code]) ?? reasonOf(thrown);
    throw new KitError(`Cannot listen on port ${port} of ${address}: ${why}`, { hint, cause: thrown });
  }
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'it is in use',
  EACCES: 'this user may not listen there',
  EADDRNOTAVAIL: 'this host has no such address',
  ENOTFOUND: 'this host has no such address',
};
