/** An enabled entry of the host's apt sources for binary packages. */
export interface AptSource {
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** Path of a keyring, or empty. */
  readonly signedBy: string;
}

/** Reads a `.sources` file (deb822) or a `.list` file (one-line style): sources.list(5). Never throws. */
export function parseSources(name: string, text: string): AptSource[] {
  return name.endsWith('.sources') ? stanzas(text).flatMap(fromStanza) : text.split('\n').flatMap(fromLine);
}

type Stanza = ReadonlyMap<string, string>;

function stanzas(text: string): Stanza[] {
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  return lines
    .join('\n')
    .split(/\n\s*\n/)
    .map(fields);
}

/** Field names in lower case. A line that begins with a space continues the previous field. */
function fields(stanza: string): Stanza {
  const unfolded = stanza.replace(/\n[ \t]+/g, ' ');
  const pairs = unfolded.split('\n').map((line) => /^([^\s:]+):\s*(.*)$/.exec(line));
  return new Map(pairs.flatMap((pair) => (pair ? [[(pair[1] ?? '').toLowerCase(), pair[2] ?? '']] : [])));
}

function fromStanza(stanza: Stanza): AptSource[] {
  const words = (key: string): string[] => (stanza.get(key) ?? '').split(/\s+/).filter((word) => word !== '');
  if (!words('types').includes('deb') || /^(no|false|off|0)$/i.test(stanza.get('enabled') ?? '')) return [];
  // May contain a key instead of a path, in which case no file of that name exists.
  const signedBy = stanza.get('signed-by') ?? '';
  return [{ uris: words('uris'), suites: words('suites'), components: words('components'), signedBy }];
}

function fromLine(line: string): AptSource[] {
  const match = /^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*([^#]*)/.exec(line.trim());
  if (!match) return [];
  const [, options = '', uri = '', suite = '', components = ''] = match;
  const signedBy = /(?:^|\s)signed-by=(\S+)/.exec(options)?.[1] ?? '';
  return [{ uris: [uri], suites: [suite], components: components.trim().split(/\s+/), signedBy }];
}
