import { type Fields, list, string } from '../kinds.ts';
import { durationKind } from './common-kinds.ts';

const linuxkit = 'Not supported.';

/** `watchdog:` */
export const watchdogFields = {
  timeout: {
    kind: durationKind,
    help: 'Whole seconds, from 10 to 600, after which the hardware resets a machine that is not fed.',
    default: '`60s`',
    example: '30s',
    linuxkit,
  },
  services: {
    kind: list(string),
    help:
      'Services without which the machine counts as hung: one that is unhealthy, fails for good or is in a crash loop. A ' +
      'service with `liveness` counts only once its restarts are used up.',
    default: 'none: the supervisor alone counts',
    example: ['web'],
    linuxkit,
  },
} as const satisfies Fields;
