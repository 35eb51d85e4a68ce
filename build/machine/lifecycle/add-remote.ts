import { rm } from 'node:fs/promises';
import type { StatusReply } from '../../../lib/control/generated/control.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { MachineClient } from '../client/client.ts';
import { grpcReason } from '../client/grpc-errors.ts';
import { createMachine, refuseTakenName } from '../records/create.ts';
import { type MachineRecord, type RemoteMedia, writeRecord } from '../records/record.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** A host name, an IPv4 address, or an IPv6 address in brackets; then a port. */
const addressForm = /^(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.%a-z]{2,64}\]):\d{1,5}$/;

/** Records a machine on another host, if it answers. @throws KitError */
export async function addRemote(env: Env, name: string, remote: RemoteMedia): Promise<StatusReply> {
  if (!addressForm.test(remote.address)) {
    throw new KitError(`Cannot use "${remote.address}" as an address: expected host:port`, {
      hint: 'as in vm1.example.org:4911 or [fd00::20]:4911',
      exitCode: 2,
    });
  }
  await refuseTakenName(env, name);
  const { dir, record } = await createMachine(env, { name, exact: true }, (chosen) =>
    remoteRecord(chosen, remote),
  );
  try {
    using client = new MachineClient(dir);
    const status = await client.status();
    if (status.kernelRelease.endsWith('arm64')) await writeRecord(dir, { ...record, arch: 'arm64' });
    return status;
  } catch (thrown) {
    await rm(dir, { recursive: true });
    if (thrown instanceof KitError) throw thrown;
    throw new KitError(`Cannot reach "${remote.address}": ${grpcReason(thrown)}`, {
      cause: thrown,
      hint: 'a machine that refuses a certificate prints the reason on its console',
    });
  }
}

/** Unknown numbers are 0. */
function remoteRecord(name: string, boot: RemoteMedia): MachineRecord {
  const noProcess = { pid: 0, startTicks: 0 };
  const unknown = {
    accel: 'none',
    cpus: 0,
    memoryMiB: 0,
    publish: [],
    startedMs: null,
    endedMs: null,
  } as const;
  return {
    ...{ name, boot, state: 'running', reason: '', owner: noProcess, guest: null, arch: 'amd64' },
    ...{ ...unknown, createdMs: Date.now() },
  };
}
