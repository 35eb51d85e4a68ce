import { status } from '@grpc/grpc-js';
import type { ExecStart } from '../../../lib/control/generated/control.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { rpcError } from '../calls/rpc-error.ts';
import type { DebugContainers } from '../debug-image/debug-containers.ts';
import { startDebugProgram } from '../debug-image/start-debug-program.ts';
import type { Execution } from '../exec/execution.ts';
import { executeOnHost } from '../exec/on-host.ts';
import type { Driver } from '../service/driver.ts';
import { findRunningService } from '../service/find-service.ts';

/**
 * Starts a program for a client: in the container of a running service, from a debug image beside it, or, for
 * the empty service name, on the machine itself.
 * @throws RpcError, or another error if it cannot start
 */
export async function startExecution(
  driver: Driver,
  debugContainers: DebugContainers,
  start: ExecStart,
): Promise<Execution> {
  const { service: name, image, ...request } = start;
  if (image) return startDebugProgram(driver, debugContainers, name, image, request);
  if (name === '') return executeOnHost(request);
  const { runner } = findRunningService(driver, name, 'Cannot run a program in');
  try {
    return await runner.execs.execute(request);
  } catch (thrown) {
    const what = request.command[0];
    throw rpcError(
      status.FAILED_PRECONDITION,
      `Cannot run "${what}" in service "${name}": ${reasonOf(thrown)}`,
    );
  }
}
