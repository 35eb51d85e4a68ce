import { BlockList, isIP } from 'node:net';
import { KitError } from '../../lib/errors/errors.ts';
import { isLoopback } from './loopback.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for an address, by HTTP_PROXY, HTTPS_PROXY and NO_PROXY, also in lower case, which counts first;
 * undefined for none. The same rules as in Go (golang.org/x/net/http/httpproxy), in which most programs for
 * registries are written. @throws KitError for a proxy of a kind that is not supported
 */
export function proxyFor({ protocol, hostname, port, host }: URL, env: Env): string | undefined {
  const scheme = protocol === 'https:' ? 'https' : 'http';
  const name = [`${scheme}_proxy`, `${scheme}_proxy`.toUpperCase()].find((one) => env[one]);
  const text = name && env[name];
  if (!name || !text || isLoopback(host)) return undefined;
  const bare = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const excepted = (env.no_proxy || env.NO_PROXY || '').split(/[\s,]+/).filter((word) => word !== '');
  const isExcepted = (word: string): boolean =>
    excepts(word.toLowerCase(), bare, port || (scheme === 'https' ? '443' : '80'));
  return excepted.some(isExcepted) ? undefined : proxyUrl(name, text);
}

/** Without a scheme, it is `http://`. */
function proxyUrl(name: string, text: string): string {
  const url = URL.parse(/^[a-z0-9+.-]+:\/\//i.test(text) ? text : `http://${text}`);
  if (url && /^https?:$/.test(url.protocol)) return url.href;
  throw new KitError(
    `Cannot use proxy "${text.replace(/\/\/[^/@]*@/, '//')}" of ${name}: expected http(s)://HOST:PORT`,
  );
}

/**
 * Whether a word of NO_PROXY is about this host: `*`; an address, or a network (`10.0.0.0/8`); a domain,
 * which also stands for those below it, or with a dot or `*.` before it for these alone; each but the network
 * with `:PORT`.
 */
function excepts(word: string, host: string, port: string): boolean {
  if (word === '*') return true;
  if (word.includes('/')) return isInNetwork(word, host);
  const { name, only } = splitPort(word);
  if (only !== undefined && only !== port) return false;
  if (isIP(host) > 0 || isIP(name) > 0) return isSameAddress(name, host);
  const domain = name.replace(/^\*?\.+/, '').replace(/\.$/, '');
  const plain = host.replace(/\.$/, '');
  return plain.endsWith(`.${domain}`) || (plain === domain && domain === name.replace(/\.$/, ''));
}

function splitPort(word: string): { readonly name: string; readonly only: string | undefined } {
  const [, six, only] = /^\[([^\]]*)\](?::(\d+))?$/.exec(word) ?? [];
  if (six !== undefined) return { name: six, only };
  const [, name, port] = isIP(word) === 6 ? [] : (/^(.*):(\d+)$/.exec(word) ?? []);
  return name === undefined ? { name: word, only: undefined } : { name, only: port };
}

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

function isSameAddress(one: string, other: string): boolean {
  if (isIP(one) === 0 || isIP(other) === 0) return false;
  const list = new BlockList();
  list.addAddress(one, family(one));
  return list.check(other, family(other));
}

function isInNetwork(word: string, host: string): boolean {
  const [, address = '', prefix = ''] = /^\[?([^\]/]*)\]?\/(\d{1,3})$/.exec(word) ?? [];
  const bits = family(address) === 'ipv6' ? 128 : 32;
  if (isIP(address) === 0 || isIP(host) === 0 || Number(prefix) > bits) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(prefix), family(address));
  return list.check(host, family(host));
}
