import { setTimeout as pause } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import type { DebugImage } from '../../../lib/control/generated/control.ts';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { isRpcError, rpcError } from '../calls/rpc-error.ts';
import { type ExecRequest, type Execution, hangUpMs } from '../exec/execution.ts';
import type { Driver } from '../service/driver.ts';
import { findRunningService } from '../service/find-service.ts';
import type { DebugContainers } from './debug-containers.ts';

/** 128 + SIGKILL: the exit status when the kernel has ended the service's PID namespace. */
const sigkillStatus = 137;
/** Milliseconds after the program's exit within which the supervisor learns of the service's exit. */
const exitReportMs = 2000;

/**
 * Starts a program of a debug image beside a service or, for the empty name, beside the supervisor.
 * @throws RpcError
 */
export async function startDebugProgram(
  driver: Driver,
  containers: DebugContainers,
  name: string,
  image: DebugImage,
  request: ExecRequest,
): Promise<Execution> {
  const where = name === '' ? 'the machine' : `service "${name}"`;
  const pid = name === '' ? process.pid : findRunningService(driver, name, 'Cannot run a program beside').pid;
  const hasEnded = (): boolean => name !== '' && driver.service(name)?.pid !== pid;
  const checkPid = (): void => {
    if (hasEnded()) throw new KitError('it has just ended');
  };
  try {
    const execution = await containers.execute(pid, image, request, checkPid);
    return endWithService(driver, hasEnded, execution, `${where} has ended, and what ran beside it`);
  } catch (thrown) {
    if (isRpcError(thrown)) throw thrown;
    const what = request.command[0];
    throw rpcError(status.FAILED_PRECONDITION, `Cannot run "${what}" beside ${where}: ${reasonOf(thrown)}`);
  }
}

/**
 * Ends the program when the service has ended. If the service has a PID namespace of its own, the kernel has
 * killed the program already; the note then explains its exit status.
 */
function endWithService(
  driver: Driver,
  hasEnded: () => boolean,
  execution: Execution,
  note: string,
): Execution {
  const onChange = (): void => {
    if (!hasEnded()) return;
    driver.off('change', onChange);
    execution.signal('SIGHUP');
    setTimeout(() => execution.signal('SIGKILL'), hangUpMs).unref();
  };
  driver.on('change', onChange);
  void execution.exitStatus.catch(() => {}).finally(() => driver.off('change', onChange));
  return {
    ...execution,
    async note(exitStatus) {
      const wasKilled = exitStatus === sigkillStatus;
      for (let waited = 0; wasKilled && !hasEnded() && waited < exitReportMs; waited += 50) await pause(50);
      return hasEnded() ? note : undefined;
    },
  };
}
