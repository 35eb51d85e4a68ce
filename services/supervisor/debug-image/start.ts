import { setTimeout as pause } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import type { DebugImage } from '../../../lib/control/generated/control.ts';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { isRefusal, refusal } from '../access/refusal.ts';
import { type ExecRequest, type Execution, hangUpMs } from '../exec/execution.ts';
import type { Driver } from '../service/driver.ts';
import { runningService } from '../service/named.ts';
import type { ToolsContainers } from './tools-container.ts';

/** 128 + SIGKILL: how the tools end when the PID namespace does. */
const killed = 137;
/** The tools die with the service, and the supervisor hears of it a little later. Milliseconds. */
const hearMs = 2000;

/** Starts a program of a debug image beside a service; the empty name is the machine, as we are in it. */
export async function startTools(
  driver: Driver,
  tools: ToolsContainers,
  name: string,
  image: DebugImage,
  request: ExecRequest,
): Promise<Execution> {
  const where = name === '' ? 'the machine' : `service "${name}"`;
  const pid = name === '' ? process.pid : runningService(driver, name, 'Cannot run a program beside').pid;
  const gone = (): boolean => name !== '' && driver.service(name)?.pid !== pid;
  const check = (): void => {
    if (gone()) throw new KitError('it has just ended');
  };
  try {
    const execution = await tools.execute(pid, image, request, check);
    return endingWith(driver, gone, execution, `${where} has ended, and what ran beside it`);
  } catch (thrown) {
    if (isRefusal(thrown)) throw thrown;
    const what = request.command[0];
    throw refusal(status.FAILED_PRECONDITION, `Cannot run "${what}" beside ${where}: ${reasonOf(thrown)}`);
  }
}

/** Where the service has a PID namespace of its own, the kernel has ended the tools already. */
function endingWith(driver: Driver, gone: () => boolean, execution: Execution, note: string): Execution {
  const look = (): void => {
    if (!gone()) return;
    driver.off('change', look);
    execution.signal('SIGHUP');
    setTimeout(() => execution.signal('SIGKILL'), hangUpMs).unref();
  };
  driver.on('change', look);
  void execution.ended.catch(() => {}).finally(() => driver.off('change', look));
  return {
    ...execution,
    async note(ended) {
      for (let waited = 0; ended === killed && !gone() && waited < hearMs; waited += 50) await pause(50);
      return gone() ? note : undefined;
    },
  };
}
