/*
 * Placeholders in cluster.yml:
 *
 *     ${cluster}  ${group}  ${name}  ${index}      of the machine
 *     ${address:NETWORK}                           the machine's address in a network
 *     ${address:NETWORK:GROUP-INDEX}               that of another machine
 *     ${addresses:NETWORK:GROUP}                   those of a group, with commas between them
 *     $${                                          the characters ${
 */

/** What placeholders stand for. */
export interface Meanings {
  readonly cluster: string;
  readonly group: string;
  readonly name: string;
  readonly index: number;
  /** Addresses by machine (`etcd-1`), by network. */
  readonly addresses: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Which names there are, to check placeholders before there are addresses. */
export interface Names {
  /** Networks of the machine itself. */
  readonly own: readonly string[];
  /** Machines of each network, such as `etcd-1`. */
  readonly members: Readonly<Record<string, readonly string[]>>;
}

const pattern = /\$?\$\{([^}]*)\}?/g;

/** Why a placeholder of the text means nothing; undefined if all do. */
export function placeholderFault(text: string, names: Names): string | undefined {
  for (const [whole, inner = ''] of text.matchAll(pattern)) {
    if (whole.startsWith('$$')) continue;
    const why = whole.endsWith('}') ? fault(inner, names) : 'it has no "}"';
    if (why !== undefined) return `${JSON.stringify(whole.slice(0, 60))}: ${why}`;
  }
  return undefined;
}

const simple = ['cluster', 'group', 'name', 'index'];
const known = [
  'expected "cluster", "group", "name", "index", "address:NETWORK", "address:NETWORK:GROUP-1" or',
  '"addresses:NETWORK:GROUP" in the braces; a second dollar sign before it keeps it as it is',
].join(' ');

function fault(inner: string, { own, members }: Names): string | undefined {
  if (simple.includes(inner)) return undefined;
  const [word, network = '', which] = inner.split(':', 4);
  if ((word !== 'address' && word !== 'addresses') || inner.split(':').length > 3) return known;
  const machines = Object.hasOwn(members, network) ? members[network] : undefined;
  if (!machines) return `there is no network ${JSON.stringify(network)} with machines`;
  if (word === 'addresses')
    return machines.some((machine) => groupOf(machine) === which)
      ? undefined
      : `no group ${JSON.stringify(which ?? '')} is in network "${network}"`;
  if (which === undefined)
    return own.includes(network) ? undefined : `the machine is not in network "${network}"`;
  return machines.includes(which)
    ? undefined
    : `no machine ${JSON.stringify(which)} is in network "${network}"`;
}

const groupOf = (machine: string): string => machine.replace(/-\d+$/, '');

/** The text with what its placeholders stand for; they have been checked. */
export function fillPlaceholders(text: string, meanings: Meanings): string {
  return text.replace(pattern, (whole, inner: string) =>
    whole.startsWith('$$') ? whole.slice(1) : meaningOf(inner, meanings),
  );
}

function meaningOf(inner: string, { cluster, group, name, index, addresses }: Meanings): string {
  const own: Readonly<Record<string, string>> = { cluster, group, name, index: String(index) };
  const [word = '', network = '', which] = inner.split(':');
  const plain = Object.hasOwn(own, word) ? own[word] : undefined;
  if (plain !== undefined) return plain;
  const machines = addresses[network] ?? {};
  if (word === 'address') return machines[which ?? `${group}-${index}`] ?? '';
  return Object.entries(machines)
    .filter(([machine]) => groupOf(machine) === which)
    .map(([, address]) => address)
    .join(',');
}
