import type { LogsRequest } from './generated/control.ts';

/** Asks for every kept line of containers and init. To be spread and changed. */
export const keptLogs: LogsRequest = {
  services: [],
  follow: false,
  tail: 0,
  sinceMs: 0n,
  all: false,
  after: [],
  logId: '',
};
