import { status } from '@grpc/grpc-js';
import { rpcError } from '../calls/rpc-error.ts';
import { cgroupPathOf } from '../usage/cgroup.ts';
import type { Driver } from './driver.ts';
import type { Runner } from './runner.ts';

/** A service that a client has named. */
export interface FoundService {
  /** 0: it is not running. */
  readonly pid: number;
  readonly runner: Runner;
}

/** @throws RpcError if there is no such service */
export function findService(driver: Driver, name: string): FoundService {
  const runner = driver.runners.get(name);
  const service = driver.service(name);
  if (runner && service) return { pid: service.pid, runner };
  throw rpcError(status.NOT_FOUND, `Unknown service "${name}"`);
}

/**
 * A service that is running.
 * @param action the start of the error message: `Cannot debug`
 * @throws RpcError if there is no such service, or it is not running
 */
export function findRunningService(driver: Driver, name: string, action: string): FoundService {
  const found = findService(driver, name);
  if (found.pid !== 0) return found;
  throw rpcError(status.FAILED_PRECONDITION, `${action} service "${name}": it does not run`);
}

/** The service in whose cgroup a process is; undefined if there is none, or the process has ended. */
export function serviceOfProcess(driver: Driver, pid: number): string | undefined {
  const path = cgroupPathOf(pid);
  // The root of the hierarchy belongs to no service.
  if (path === undefined || path === '/') return undefined;
  const isIn = (runner: Runner): boolean => {
    const own = runner.cgroup.path(runner.runPid);
    return own !== undefined && (path === own || path.startsWith(`${own}/`));
  };
  return [...driver.runners].find(([, runner]) => isIn(runner))?.[0];
}
