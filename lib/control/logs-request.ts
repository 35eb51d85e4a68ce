import type { LogsRequest } from './generated/control.ts';

/** A request for every kept line of containers and init, to be spread and changed. */
export const keptLogs: LogsRequest = {
  services: [],
  follow: false,
  tail: 0,
  sinceMs: 0n,
  all: false,
  after: [],
  logId: '',
};
