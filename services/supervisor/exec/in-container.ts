import { join } from 'node:path';
import type { Containerd, ContainerId, ExecIo } from '../../../lib/containerd/client.ts';
import { setOomScore } from '../../../lib/linux/process/oom.ts';
import type { ExecRequest, Execution } from './execution.ts';
import { executeOnFifos } from './on-fifos.ts';

/** The `process` of an OCI runtime spec (config.md), as far as it is looked at. */
export interface ContainerProcess {
  readonly env?: readonly string[];
  readonly oomScoreAdj: number;
}

export interface ContainerTarget {
  readonly containerd: Containerd;
  readonly container: ContainerId;
  /** Of the service: the program gets the same user, capabilities and environment. */
  readonly process: ContainerProcess;
  /** For fifos; in memory. */
  readonly folder: string;
  /** Unique among all that were ever run in this container. */
  readonly execId: string;
}

/** Runs a program in the container of a running service. @throws the reason when it does not start */
export function executeInContainer(target: ContainerTarget, request: ExecRequest): Promise<Execution> {
  const { containerd, container, execId, folder } = target;
  const process = {
    create: (io: ExecIo) => containerd.exec(container, execId, processOf(target, request), io),
    start: async () => {
      const { pid } = await containerd.startExec(container, execId);
      // crun heeds it for the first process alone; this one has its shim's, which comes last of all.
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

const defaultPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

function processOf({ process }: ContainerTarget, { command, terminal, term }: ExecRequest): object {
  const env = [
    // The environment of a manifest replaces that of the image whole, and services need no PATH; people do.
    ...((process.env ?? []).some((pair) => pair.startsWith('PATH=')) ? [] : [defaultPath]),
    ...(process.env ?? []).filter((pair) => !terminal || !pair.startsWith('TERM=')),
  ];
  return {
    ...process,
    args: command,
    terminal: terminal !== undefined,
    ...(terminal && { consoleSize: { height: terminal.rows, width: terminal.columns } }),
    env: terminal && term ? [...env, `TERM=${term}`] : env,
  };
}
