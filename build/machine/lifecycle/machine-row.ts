import { MachineClient } from '../client/client.ts';
import { grpcReason } from '../client/grpc-errors.ts';
import type { MachineRow } from '../client/rows.ts';
import { serviceRow } from '../client/services.ts';
import { isLive, isRemote, type Machine } from '../records/find.ts';

export type { MachineRow } from '../client/rows.ts';

/** Deadline for remote machines: `kit ps` must not wait for a network that drops packets. */
const remoteMs = 5000;

/** A machine's row, with its services if the guest answers. */
export async function machineRow(machine: Machine): Promise<MachineRow> {
  const { name, state, publish, reason, startedMs, member } = machine.record;
  const place = { cluster: member?.cluster ?? null, group: member?.group ?? null };
  const row = { name, state, uptimeS: 0, publish, ...place, services: [], reason };
  if (!isLive(machine)) return row;
  try {
    using client = new MachineClient(machine.dir);
    const status = await client.status(isRemote(machine) ? remoteMs : undefined);
    const services = status.services.map(serviceRow);
    return { ...row, state: 'running', uptimeS: Math.round(status.uptimeS * 10) / 10, services };
  } catch (thrown) {
    const uptimeS = startedMs === null ? 0 : Math.round((Date.now() - startedMs) / 1000);
    return { ...row, uptimeS, reason: grpcReason(thrown) };
  }
}
