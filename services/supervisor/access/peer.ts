import type { LogFields } from '../../../lib/log/fields.ts';
import type { Role } from './roles.ts';

/** Who is at the other end of a connection. */
export interface Peer {
  /** For people: `a client of /run/kit/control.sock`. */
  readonly name: string;
  readonly role: Role;
  /** Connections with the same key share one peer's limits: `service web`, `certificate 3F:…`. */
  readonly key: string;
  /** For the audit trail: `{ transport: 'unix', uid: 0, pid: 412 }`. */
  readonly identity: LogFields;
}

/** The host owns the machine, hence the highest role. Its monitor carries the calls of all its clients. */
export const hostPeer: Peer = {
  name: 'the host',
  role: 'debug',
  key: 'the host',
  identity: { transport: 'virtio-serial' },
};
