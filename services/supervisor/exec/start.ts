import { status } from '@grpc/grpc-js';
import type { ExecStart } from '../../../lib/control/generated/control.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { refusal } from '../access/refusal.ts';
import { startTools } from '../debug-image/start.ts';
import type { ToolsContainers } from '../debug-image/tools-container.ts';
import type { Driver } from '../service/driver.ts';
import { runningService } from '../service/named.ts';
import type { Execution } from './execution.ts';
import { executeOnHost } from './on-host.ts';

/** Starts a program for a client: in the container of a service that runs, beside it, or on the machine. */
export async function startExecution(
  driver: Driver,
  tools: ToolsContainers,
  start: ExecStart,
): Promise<Execution> {
  const { service: name, image, ...request } = start;
  if (image) return startTools(driver, tools, name, image, request);
  if (name === '') return executeOnHost(request);
  const { runner } = runningService(driver, name, 'Cannot run a program in');
  try {
    return await runner.execute(request);
  } catch (thrown) {
    const what = request.command[0];
    throw refusal(
      status.FAILED_PRECONDITION,
      `Cannot run "${what}" in service "${name}": ${reasonOf(thrown)}`,
    );
  }
}
