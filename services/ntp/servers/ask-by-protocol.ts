import { type Address, type Ask, askServer } from '../association/exchange.ts';
import { NtsSession } from '../nts/session.ts';
import { askClock } from '../ptp/ask-clock.ts';
import type { PtpClocks } from '../ptp/own-clocks.ts';
import type { ServerName } from './names.ts';

/** Where time comes from. */
export interface Sources {
  readonly resolve: (server: ServerName) => Promise<readonly string[]>;
  readonly ptp: PtpClocks;
  /** PEM of who may have signed the certificates of servers with NTS; undefined: those that Node trusts. */
  readonly ntsCa: string | undefined;
}

/** The addresses of a server; the device of a clock of this machine. @throws the system's error */
export async function addressesOf(
  server: ServerName,
  { resolve, ptp }: Omit<Sources, 'ntsCa'>,
): Promise<readonly string[]> {
  if (server.protocol !== 'ptp') return resolve(server);
  return ptp.list().flatMap(({ name, path }) => (name === server.host ? [path] : []));
}

export function askerOf({ protocol, host }: ServerName, at: Address, { ptp, resolve, ntsCa }: Sources): Ask {
  if (protocol === 'ptp') return (_clock, question) => askClock(() => ptp.read(at.address), question);
  if (protocol === 'ntp') return (clock, question) => askServer(at, clock, question);
  const session = new NtsSession({
    ...{ host, at, ca: ntsCa },
    resolve: (other) => resolve({ protocol: 'ntp', host: other, addresses: 1 }),
  });
  return (clock, question) => session.ask(clock, question);
}
