/** A key of an authorized_keys file with its options. */
export interface AuthorizedKey {
  /** e.g. `ssh-ed25519` */
  readonly type: string;
  /** The public key blob (RFC 4253 section 6.6). */
  readonly blob: Buffer;
  readonly comment: string;
  /** Runs instead of the client's command. */
  readonly command: string | undefined;
  readonly terminal: boolean;
  readonly forwarding: boolean;
  /** A restriction that this server cannot enforce: the key must be refused. */
  readonly unsupportedOption: string | undefined;
}

/** Parses sshd(8)'s AUTHORIZED_KEYS FILE FORMAT. Ignores lines without a valid key. */
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

/** `type base64 comment`; the type must match the one at the start of the blob. */
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
  /** In lower case: option names are case-insensitive. */
  readonly name: string;
  readonly value: string | undefined;
}

/** Splits `name,name="va lue",…` up to the first space outside quotes; `\"` is a quote inside a value. */
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

type Permissions = Pick<AuthorizedKey, 'command' | 'terminal' | 'forwarding' | 'unsupportedOption'>;

/** Options about features that this server does not have. */
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

/** Applies options in order: `restrict,pty` allows a terminal and nothing else. */
function readOptions(options: readonly Option[]): Permissions {
  let [terminal, forwarding, command, unsupportedOption]: [boolean, boolean, string?, string?] = [true, true];
  for (const { name, value } of options) {
    if (name === 'restrict') [terminal, forwarding] = [false, false];
    else if (name === 'pty' || name === 'no-pty') terminal = name === 'pty';
    else if (name === 'port-forwarding' || name === 'no-port-forwarding')
      forwarding = name === 'port-forwarding';
    else if (name === 'command' && value !== undefined) command = value;
    else if (!withoutEffect.has(name)) unsupportedOption = name;
  }
  return { command, terminal, forwarding, unsupportedOption };
}
