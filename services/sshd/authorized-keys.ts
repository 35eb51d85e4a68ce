/** One line of an authorized_keys file that holds a key. */
export interface AuthorizedKey {
  /** e.g. `ssh-ed25519` */
  readonly type: string;
  /** The key as the protocol sends it (RFC 4253 section 6.6). */
  readonly blob: Buffer;
  readonly comment: string;
  /** Runs instead of whatever the client asks for. */
  readonly command: string | undefined;
  readonly terminal: boolean;
  readonly forwarding: boolean;
  /** A restriction that this server does not know how to keep: the key must not let anybody in. */
  readonly unkept: string | undefined;
}

/** Parses sshd(8)'s AUTHORIZED_KEYS FILE FORMAT. Lines that hold no key are passed over. */
export function parseAuthorizedKeys(text: string): AuthorizedKey[] {
  return text.split('\n').flatMap((line) => parseLine(line.trim()) ?? []);
}

function parseLine(line: string): AuthorizedKey | undefined {
  if (line === '' || line.startsWith('#')) return undefined;
  const plain = parseKey(line);
  if (plain) return { ...plain, ...readOptions([]) };
  const { options, rest } = splitOptions(line);
  const key = options && parseKey(rest);
  return key ? { ...key, ...readOptions(options) } : undefined;
}

/** `type base64 comment`; the type must be the one that the blob itself names first. */
function parseKey(text: string): Pick<AuthorizedKey, 'type' | 'blob' | 'comment'> | undefined {
  const [, type, base64, comment = ''] =
    /^([a-z0-9@.-]+)\s+([A-Za-z0-9+/]+={0,2})(?:\s+(.*))?$/.exec(text) ?? [];
  if (type === undefined || base64 === undefined) return undefined;
  const blob = Buffer.from(base64, 'base64');
  if (blob.length < 4 + type.length || blob.readUInt32BE(0) !== type.length) return undefined;
  if (blob.toString('latin1', 4, 4 + type.length) !== type) return undefined;
  return { type, blob, comment };
}

interface Option {
  /** Lower case: option names have no case. */
  readonly name: string;
  readonly value: string | undefined;
}

/** `name,name="va lue",…` up to the first space outside quotes; `\"` is a quote inside a value. */
function splitOptions(line: string): { options: Option[] | undefined; rest: string } {
  const options: Option[] = [];
  const pattern = /([a-z0-9-]+)(?:="((?:[^"\\]|\\.)*)")?(,|\s+|$)/iy;
  for (;;) {
    const match = pattern.exec(line);
    if (!match) return { options: undefined, rest: '' };
    const [, name = '', value, end = ''] = match;
    options.push({ name: name.toLowerCase(), value: value?.replaceAll('\\"', '"') });
    if (end !== ',') return { options, rest: line.slice(pattern.lastIndex) };
  }
}

type Permissions = Pick<AuthorizedKey, 'command' | 'terminal' | 'forwarding' | 'unkept'>;

/** What forbids something this server does not offer anyway. */
const withoutEffect = new Set([
  ...[
    'no-agent-forwarding',
    'no-x11-forwarding',
    'no-user-rc',
    'agent-forwarding',
    'x11-forwarding',
    'user-rc',
  ],
  'no-touch-required',
]);

/** Options count in order: `restrict,pty` gives a terminal and nothing else. */
function readOptions(options: readonly Option[]): Permissions {
  let [terminal, forwarding, command, unkept]: [boolean, boolean, string?, string?] = [true, true];
  for (const { name, value } of options) {
    if (name === 'restrict') [terminal, forwarding] = [false, false];
    else if (name === 'pty' || name === 'no-pty') terminal = name === 'pty';
    else if (name === 'port-forwarding' || name === 'no-port-forwarding')
      forwarding = name === 'port-forwarding';
    else if (name === 'command' && value !== undefined) command = value;
    else if (!withoutEffect.has(name)) unkept = name;
  }
  return { command, terminal, forwarding, unkept };
}
