import { choice, type Fields, list, record, text, whole } from '../kinds.ts';
import { absolutePath, duration, signal } from './words.ts';

const linuxkit = 'has no such key';

/** kit's own fields of an image entry: how init and the supervisor treat it. They end in runtime.json. */

export const readyKind = record(
  {
    tcp: { kind: whole(1, 65535), help: 'A port of the machine accepts connections.', example: 80 },
    file: { kind: absolutePath, help: 'A file exists in the machine.', example: '/run/web.ready' },
  },
  { exactlyOneOf: ['tcp', 'file'] },
);

export const supervisionFields = {
  restart: {
    kind: choice('always', 'on-failure', 'no'),
    help: 'What happens when the service ends; it is started again with growing pauses.',
    default: '`always`',
    example: 'on-failure',
    linuxkit,
  },
  after: { kind: list(text), help: 'Services that must be ready first.', example: ['redis'] },
  ready: {
    kind: readyKind,
    help: 'How to tell that the service is ready; one key.',
    default: 'when it runs',
    example: { tcp: 80 },
    linuxkit,
  },
  stopSignal: { kind: signal, help: 'What asks it to stop.', default: '`SIGTERM`', example: 'SIGINT' },
  stopTimeout: {
    kind: duration,
    help: 'How long it may take to stop before it is killed.',
    default: '`10s`',
    example: '30s',
    linuxkit,
  },
  onFailure: {
    kind: choice('continue', 'halt', 'reboot'),
    help: 'What a failing onboot or onshutdown entry does.',
    default: '`continue`',
    example: 'halt',
    linuxkit,
  },
  timeout: {
    kind: duration,
    help: 'How long an onboot or onshutdown entry may run; `0s` for ever.',
    default: '`0s`',
    example: '1m',
    linuxkit,
  },
  ociRuntime: {
    kind: choice('crun', 'runc'),
    help: 'The program that starts the container.',
    default: '`crun`',
    example: 'runc',
    linuxkit,
  },
} as const satisfies Fields;
