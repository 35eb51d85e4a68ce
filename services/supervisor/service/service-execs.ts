import type { Containerd, ContainerId } from '../../../lib/containerd/client.ts';
import type { ExecRequest, Execution } from '../exec/execution.ts';
import { executeInContainer } from '../exec/in-container.ts';
import { readServiceSpec } from './service-spec.ts';

/** Runs further programs in the container of a service, as the same user. */
export class ServiceExecs {
  readonly #containerd: Containerd;
  readonly #container: ContainerId;
  readonly #bundleDir: string;
  readonly #fifos: string;
  #count = 0;

  /** `fifos`: a folder for fifos, in memory. */
  constructor(containerd: Containerd, container: ContainerId, bundleDir: string, fifos: string) {
    this.#containerd = containerd;
    this.#container = container;
    this.#bundleDir = bundleDir;
    this.#fifos = fifos;
  }

  /** @throws an error if it cannot start */
  async execute(request: ExecRequest): Promise<Execution> {
    this.#count += 1;
    return executeInContainer(
      {
        containerd: this.#containerd,
        container: this.#container,
        process: readServiceSpec(this.#bundleDir).process,
        folder: this.#fifos,
        // Distinct from those of an earlier supervisor, which may still be running.
        execId: `kit-${process.pid}-${this.#count}`,
      },
      request,
    );
  }

  /** Whether a program exits with status 0 within the time. Its output is discarded. */
  async succeeds(command: readonly string[], limitMs: number): Promise<boolean> {
    try {
      const execution = await this.execute({ command, terminal: undefined, term: '' });
      const limit = setTimeout(() => execution.abandon(), limitMs);
      execution.endInput();
      for (const stream of [execution.stdout, execution.stderr]) stream?.resume();
      return (await execution.exitStatus.finally(() => clearTimeout(limit))) === 0;
    } catch {
      // The task has just ended, or containerd is down: the probe tries again or is aborted.
      return false;
    }
  }
}
