import { MachineClient } from '../machine/client/client.ts';
import { readinessOf } from '../machine/client/readiness.ts';
import { isLive, type Machine } from '../machine/records/find.ts';

/** How long a machine that runs may take to say whether it is ready, in milliseconds. */
const answerMs = 3000;

/** Whether a machine runs, its services are ready, and none of them is unhealthy. */
export async function isReady(machine: Machine): Promise<boolean> {
  if (!isLive(machine)) return false;
  using client = new MachineClient(machine.dir);
  try {
    const status = await client.status(answerMs);
    return (
      readinessOf(status).kind === 'ready' && status.services.every(({ health }) => health !== 'unhealthy')
    );
  } catch {
    return false;
  }
}
