import { once } from 'node:events';
import type { ServiceReply, ServiceRequest } from '../../../lib/control/generated/control.ts';
import type { Driver } from '../service/driver.ts';
import { findService } from '../service/find-service.ts';
import type { ServiceState } from '../state/state.ts';
import { reportedService } from './status.ts';

/**
 * Starts, stops or restarts one service. Resolves when it is down, or when its start has succeeded or failed.
 * @throws RpcError if there is no such service
 */
export async function commandService(
  driver: Driver,
  kind: 'start' | 'stop' | 'restart',
  { service: name }: ServiceRequest,
): Promise<ServiceReply> {
  findService(driver, name);
  driver.dispatch({ kind, name });
  const isDone = kind === 'stop' ? isDown : isStartOver;
  for (;;) {
    const service = driver.service(name);
    if (service && isDone(service)) return { service: reportedService(driver, service) };
    await once(driver, 'change');
  }
}

const isDown = ({ phase }: ServiceState) => phase === 'stopped' || phase === 'failed';
const isStartOver = ({ phase }: ServiceState) => !['waiting', 'starting', 'stopping'].includes(phase);
