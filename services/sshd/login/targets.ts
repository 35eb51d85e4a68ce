import { matchesText } from './addresses.ts';

/** `host:port` of `permitopen` and `permitlisten`. */
export interface Target {
  readonly host: string;
  /** Undefined: any. */
  readonly port: number | undefined;
}

/** An IPv6 address is in brackets, and `*` is any port. @throws RangeError */
export function parseTarget(text: string): Target {
  const [, inBrackets, plain, port = ''] = /^(?:\[([^\]]+)\]|([^:]+)):(\*|\d{1,5})$/.exec(text) ?? [];
  const host = inBrackets ?? plain;
  if (host === undefined || Number(port) > 65_535)
    throw new RangeError(`not of the form host:port: "${text}"`);
  return { host, port: port === '*' ? undefined : Number(port) };
}

/** Names and addresses are compared as they are written. */
export function mayConnect(allowed: readonly Target[] | undefined, host: string, port: number): boolean {
  return !allowed || allowed.some((target) => target.host === host && matchesPort(target, port));
}

/** A client that names no address asks for this machine. */
export function mayListen(allowed: readonly Target[] | undefined, host: string, port: number): boolean {
  const names = host === '' ? ['', 'localhost', '*'] : [host];
  return (
    !allowed ||
    allowed.some(
      (target) => matchesPort(target, port) && names.some((name) => matchesText(name, target.host)),
    )
  );
}

const matchesPort = (target: Target, port: number): boolean =>
  target.port === undefined || target.port === port;
