import { join } from 'node:path';
import type { Containerd, ContainerId, ExecIo } from '../../../lib/containerd/client.ts';
import { setOomScore } from '../../../lib/linux/process/oom.ts';
import { confinedCommand } from '../../../lib/process/confined-command.ts';
import { withPath } from '../../../lib/process/default-path.ts';
import type { ExecRequest, Execution } from './execution.ts';
import { executeOnFifos } from './on-fifos.ts';

/** The fields of `process` in an OCI runtime spec (config.md) that are read here. */
export interface ContainerProcess {
  /** Of the service itself. */
  readonly args?: readonly string[];
  readonly env?: readonly string[];
  readonly oomScoreAdj: number;
}

export interface ContainerTarget {
  readonly containerd: Containerd;
  readonly container: ContainerId;
  /** The service's: the program gets the same user, capabilities, environment and rules of Landlock. */
  readonly process: ContainerProcess;
  /** For fifos; on a tmpfs. */
  readonly folder: string;
  /** Unique among all execs of this container. */
  readonly execId: string;
}

/** Runs a program in the container of a running service. @throws an error if it cannot start */
export function executeInContainer(target: ContainerTarget, request: ExecRequest): Promise<Execution> {
  const { containerd, container, execId, folder } = target;
  const process = {
    create: (io: ExecIo) => containerd.exec(container, execId, processSpec(target, request), io),
    start: async () => {
      const { pid } = await containerd.startExec(container, execId);
      // crun applies oomScoreAdj to a container's first process only; this one has inherited the shim's -998.
      setOomScore(pid, target.process.oomScoreAdj);
    },
    kill: (signal: number) => containerd.killExec(container, execId, signal),
    resize: (size: NonNullable<ExecRequest['terminal']>) => containerd.resizeExec(container, execId, size),
    closeInput: () => containerd.closeExecStdin(container, execId),
    wait: async () => (await containerd.waitExec(container, execId)).status,
    remove: () => containerd.deleteExec(container, execId),
  };
  return executeOnFifos(process, join(folder, execId), request);
}

function processSpec({ process }: ContainerTarget, { command, terminal, term }: ExecRequest): object {
  // A bundle that LinuxKit's builder made may have no PATH; the users of its service need one.
  const env = withPath(process.env ?? []).filter((pair) => !terminal || !pair.startsWith('TERM='));
  return {
    ...process,
    args: [...confinedCommand(process.args ?? []).prefix, ...command],
    terminal: terminal !== undefined,
    ...(terminal && { consoleSize: { height: terminal.rows, width: terminal.columns } }),
    env: terminal && term ? [...env, `TERM=${term}`] : env,
  };
}
