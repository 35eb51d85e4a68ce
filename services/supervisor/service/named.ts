import { status } from '@grpc/grpc-js';
import { refusal } from '../access/refusal.ts';
import type { Driver } from './driver.ts';
import type { Runner } from './runner.ts';

/** A service that a client has named. */
export interface Named {
  /** 0: it does not run. */
  readonly pid: number;
  readonly runner: Runner;
}

/** @throws a refusal when there is none */
export function serviceNamed(driver: Driver, name: string): Named {
  const runner = driver.runners.get(name);
  const service = driver.service(name);
  if (runner && service) return { pid: service.pid, runner };
  throw refusal(status.NOT_FOUND, `Unknown service "${name}"`);
}

/** The same, where it has to run. @param wish what is not to be had of it then: `Cannot debug` @throws a refusal */
export function runningService(driver: Driver, name: string, wish: string): Named {
  const named = serviceNamed(driver, name);
  if (named.pid !== 0) return named;
  throw refusal(status.FAILED_PRECONDITION, `${wish} service "${name}": it does not run`);
}
