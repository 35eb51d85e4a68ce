import type { MachineClient } from '../../machine/client/client.ts';
import type { Machine } from '../../machine/records/find.ts';
import type { Work } from '../../work.ts';

/** What an attacker outside the machine has. */
export interface World {
  readonly machine: Machine;
  /** The machine's control service, as its owner on this host reaches it. */
  readonly client: MachineClient;
  /** A service that runs. */
  readonly service: string;
  /** The text of the image's initrd names these files. */
  readonly initrdFiles: ReadonlySet<string>;
  /** The port of the control service over TLS; undefined: there is none. */
  readonly controlPort: number | undefined;
  /** The key that a foreign data volume has offered to the machine. */
  readonly foreignKey: string;
  readonly work: Pick<Work, 'signal'>;
}

/** Returns what it reached; undefined when it was refused. @throws an error of the attack itself */
export type OutsideAttack = (world: World) => Promise<string | undefined>;
