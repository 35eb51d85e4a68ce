import { lookup } from 'node:dns/promises';
import type { ServerName } from './names.ts';

/** The addresses of a server's name, as many as it is to have. @throws the system's error */
export async function resolveServer({ host, addresses }: ServerName): Promise<string[]> {
  const found = await lookup(host, { all: true });
  return [...new Set(found.map(({ address }) => address))].slice(0, addresses);
}
