import { isIP } from 'node:net';

/** A server as somebody named it. */
export interface ServerName {
  /** nts: it has to prove who it is; ptp: a clock of this machine. */
  readonly protocol: 'ntp' | 'nts' | 'ptp';
  /** A name or an address; of a clock its name. */
  readonly host: string;
  /** How many of the name's addresses are asked: 4 of a pool, else 1. */
  readonly addresses: number;
}

/** Of a list that comes from outside. */
export const mostServers = 8;
const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/i;

/** Whether a text is an address, or the name of a host. */
export function isHost(text: string): boolean {
  if (text.length > 253) return false;
  if (isIP(text) !== 0) return true;
  const labels = text.replace(/\.$/, '').split('.');
  // All digits would be an address that is none.
  return labels.every((one) => label.test(one)) && !/^\d+$/.test(labels.at(-1) ?? '');
}

/**
 * Reads a list of servers, one a line: `time.example.org`, or an address; `pool NAME` for several of its
 * addresses; `nts NAME` for one that proves who it is; `#` begins a comment. Lines that are none of these are
 * returned in `refused`, for the log; so are those without `nts` if others have it, since they could outvote
 * them.
 */
export function readServerList(text: string): {
  readonly servers: readonly ServerName[];
  readonly refused: readonly string[];
} {
  const servers: ServerName[] = [];
  const refused: string[] = [];
  const lines = text.split('\n').map((line) => ({ line, words: wordsOf(line) }));
  const isNts = lines.some(({ words }) => words.length === 2 && words[0] === 'nts');
  for (const { line, words } of lines) {
    if (words.length === 0) continue;
    const server = serverOf(words);
    if (!server || servers.length >= mostServers || (isNts && server.protocol !== 'nts'))
      refused.push(line.trim().slice(0, 80));
    else servers.push(server);
  }
  return { servers, refused };
}

const wordsOf = (line: string): string[] => line.replace(/#.*/, '').trim().split(/\s+/).filter(Boolean);

function serverOf(words: readonly string[]): ServerName | undefined {
  const [kind, host = ''] = words.length === 1 ? ['', ...words] : words;
  if (words.length > 2 || !isHost(host)) return undefined;
  if (kind === 'nts') return { protocol: 'nts', host, addresses: 1 };
  if (kind === 'pool') return { protocol: 'ntp', host, addresses: 4 };
  return kind === '' ? { protocol: 'ntp', host, addresses: 1 } : undefined;
}
