import { parseExpiry } from './expiry.ts';
import { parseTarget, type Target } from './targets.ts';

/** What somebody who has logged in may do. */
export interface Permissions {
  /** Runs instead of the client's command. */
  readonly command: string | undefined;
  readonly terminal: boolean;
  readonly forwarding: boolean;
  /** Where forwarded connections may go, and where it may listen; undefined: anywhere. */
  readonly connect: readonly Target[] | undefined;
  readonly listen: readonly Target[] | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

/** Options of a line of authorized_keys, or of a certificate. */
export interface KeyOptions extends Permissions {
  /** The key does not log in itself: it signs certificates. */
  readonly authority: boolean;
  /** Names, one of which a certificate must have; undefined: the user's. */
  readonly principals: readonly string[] | undefined;
  /** Lists as of `matchesPatterns` and of `matchesNetworks`. */
  readonly from: string | undefined;
  readonly networks: string | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresMs: number | undefined;
  /** Of a FIDO key: somebody must have touched it, or shown that it is theirs, with a PIN for example. */
  readonly touch: boolean;
  readonly verify: boolean;
  /** A restriction that this server cannot enforce, in words: the key must be refused. */
  readonly fault: string | undefined;
}

export const defaultOptions: KeyOptions = {
  ...{ command: undefined, terminal: true, forwarding: true, connect: undefined, listen: undefined },
  ...{ environment: {}, authority: false, principals: undefined, from: undefined, networks: undefined },
  ...{ expiresMs: undefined, touch: true, verify: false, fault: undefined },
};

/** An option as it is written: `name`, or `name="value"`. */
export interface WrittenOption {
  /** In lower case: option names are case-insensitive. */
  readonly name: string;
  readonly value: string | undefined;
}

/** Applies options in order: `restrict,pty` allows a terminal and nothing else. */
export function readOptions(written: readonly WrittenOption[]): KeyOptions {
  return written.reduce(apply, defaultOptions);
}

function apply(options: KeyOptions, { name, value }: WrittenOption): KeyOptions {
  const fault = `its option ${name} is not supported`;
  try {
    if (value === undefined && Object.hasOwn(flags, name)) return { ...options, ...flags[name] };
    const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
    return { ...options, ...(read && value !== undefined ? read(value, options) : { fault }) };
  } catch (error) {
    if (error instanceof RangeError) return { ...options, fault: `its option ${name}: ${error.message}` };
    throw error;
  }
}

/** Options without a value. Those about features that this server does not have change nothing. */
const flags: Readonly<Record<string, Partial<KeyOptions>>> = {
  restrict: { terminal: false, forwarding: false },
  pty: { terminal: true },
  'no-pty': { terminal: false },
  'port-forwarding': { forwarding: true },
  'no-port-forwarding': { forwarding: false },
  'cert-authority': { authority: true },
  'no-touch-required': { touch: false },
  'verify-required': { verify: true },
  ...Object.fromEntries(
    ['agent-forwarding', 'x11-forwarding', 'user-rc'].flatMap((name) => [
      [name, {}],
      [`no-${name}`, {}],
    ]),
  ),
};

type Reader = (value: string, options: KeyOptions) => Partial<KeyOptions>;

/** Options with a value, as sshd(8) has them. @throws RangeError when a value cannot be obeyed */
const readers: Readonly<Record<string, Reader>> = {
  command: (command, { command: other }) => once(other, { command: obeyed(command) }),
  from: (from, { from: other }) => once(other, { from }),
  principals: (names, { principals: other }) => once(other, { principals: names.split(',') }),
  'expiry-time': (text, { expiresMs = Number.POSITIVE_INFINITY }) => ({
    expiresMs: Math.min(expiresMs, parseExpiry(text)),
  }),
  permitopen: (text, { connect = [] }) => ({ connect: [...connect, parseTarget(text)] }),
  permitlisten: (text, { listen = [] }) => ({
    listen: [...listen, parseTarget(text.includes(':') ? text : `*:${text}`)],
  }),
  // The first of a name counts.
  environment: (text, { environment }) => ({ environment: { ...variable(text), ...environment } }),
  // Which device a tunnel would have; this server has no tunnels.
  tunnel: () => ({}),
};

/** sshd refuses lines that have such an option twice. */
function once<T>(other: unknown, value: T): T {
  if (other !== undefined) throw new RangeError('is there twice');
  return value;
}

/** OpenSSH's own server for sftp as a command, with options that `obeyed` has checked. */
export const isInternalSftp = (command: string | undefined): boolean =>
  command !== undefined && /^internal-sftp(?=\s|$)/.test(command.trim());

/** Some options of that server restrict what it does. */
function obeyed(command: string): string {
  const [, options = ''] = /^internal-sftp\s+(.*)$/.exec(command.trim()) ?? [];
  // Only about its log.
  const left = options.replace(/-[fl]\s*\S+|-e/g, '').trim();
  if (left !== '') throw new RangeError(`internal-sftp with "${left}" is not supported`);
  return command;
}

function variable(text: string): Record<string, string> {
  const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=([^\0]*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new RangeError('is not of the form NAME=value');
  return { [name]: value };
}

/** What both allow: the options of an authority's line, and of a certificate of it. */
export function bothAllow(line: KeyOptions, certificate: KeyOptions): KeyOptions {
  const commands = [line.command, certificate.command].filter((command) => command !== undefined);
  const differ = commands.length === 2 && commands[0] !== commands[1];
  return {
    ...line,
    command: commands[0],
    terminal: line.terminal && certificate.terminal,
    forwarding: line.forwarding && certificate.forwarding,
    networks: certificate.networks,
    touch: line.touch || certificate.touch,
    verify: line.verify || certificate.verify,
    fault:
      line.fault ??
      certificate.fault ??
      (differ ? 'it and its authority have different commands' : undefined),
  };
}
