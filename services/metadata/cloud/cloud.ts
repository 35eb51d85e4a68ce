import type { CloudName } from '../../../lib/bundle/metadata.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Metadata } from '../../../lib/metadata/metadata.ts';
import type { Hardware } from './hardware.ts';
import type { Session } from './session.ts';

/**
 * Where nearly all clouds answer. An address, never a name: whoever answers DNS must not choose who may log
 * in.
 */
export const metadataService = 'http://169.254.169.254';

/** What a cloud's file is given. */
export interface CloudContext {
  readonly hardware: Hardware;
  /** The text after `=` of the provider's name on the command line: `v1` of `aws=v1`. */
  readonly argument: string | undefined;
  /** A session with a service, which is closed in the end. */
  readonly open: (base: string) => Session;
}

/** The machine is in this cloud, which has nothing for it: no fault, unlike silence. */
export class NothingThereError extends KitError {}

/** A cloud, asked over HTTP or by way of the hypervisor: a file in `providers/`, and its row in clouds.ts. */
export interface Cloud {
  readonly name: CloudName;
  /** In /run/config/provider; as LinuxKit spells it, where LinuxKit has it. */
  readonly provider: string;
  /**
   * Asks for all that there is.
   * @throws KitError with one sentence; NothingThereError
   */
  ask(context: CloudContext): Promise<Metadata>;
  /**
   * What a disc of the cloud adds; undefined for a cloud without one.
   * @param service what `ask` gave, if it gave anything
   * @param disc of the data volume that the machine has, whoever's it is
   */
  withDisc?(service: Metadata | undefined, disc: Metadata): Metadata | undefined;
  /** Tells the cloud that the machine has its metadata, where a cloud waits for that. @throws KitError */
  report?(context: CloudContext): Promise<void>;
}
