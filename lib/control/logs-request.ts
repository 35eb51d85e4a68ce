import type { LogsRequest } from './generated/control.ts';

/** Every line that is kept of containers and init; spread it and say what else is wanted. */
export const keptLogs: LogsRequest = {
  services: [],
  follow: false,
  tail: 0,
  sinceMs: 0n,
  all: false,
  after: [],
  logId: '',
};
