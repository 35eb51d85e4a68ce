import type { TpmLink } from '../tpm/call.ts';
import type { RunProgram } from './run-program.ts';

/** Where the engine works: in the container of pkg/disks, or in a test. */
export interface Engine {
  readonly run: RunProgram;
  /** Where the machine's root is seen: `/hostroot`. */
  readonly root: string;
  /** A folder whose mounts nobody else sees. */
  readonly privately: string;
  /** The folder of the devices of open containers: `/dev/mapper`. */
  readonly mapper: string;
  /** @throws the error of open(2): ENOENT for a machine without TPM */
  readonly openTpm: () => Promise<TpmLink & AsyncDisposable>;
  /** How long a disk may take to appear. */
  readonly patienceMs: number;
  /** Says what is done, in one line. */
  readonly log: (text: string) => void;
}
