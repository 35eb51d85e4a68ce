import { choice, type Fields, list, record, text, whole } from '../kinds.ts';
import { absolutePath, duration, signal } from './words.ts';

const linuxkit = 'has no such key';

/** kit's own fields of an image entry: how init and the supervisor treat it. They end in runtime.json. */

export const readyKind = record(
  {
    tcp: {
      kind: whole(1, 65535),
      help: 'A port of 127.0.0.1 accepts connections, in the network that the service has.',
      example: 80,
    },
    http: {
      kind: record({
        port: {
          kind: whole(1, 65535),
          help: 'Port of 127.0.0.1, in the network that the service has.',
          required: true,
          example: 8080,
        },
        path: { kind: absolutePath, help: 'What is asked for.', default: '`/`', example: '/health' },
      }),
      help: 'A web server answers a GET with a status from 200 to 399.',
      example: { port: 8080, path: '/health' },
    },
    exec: {
      kind: list(text),
      help: 'A program in the container, run again and again, ends with status 0.',
      example: ['/usr/bin/redis-cli', 'ping'],
    },
    log: {
      kind: text,
      help: 'The service writes a line in which this regular expression is found.',
      example: 'listening on port \\d+',
    },
    file: { kind: absolutePath, help: 'A file exists in the machine.', example: '/run/web.ready' },
  },
  { exactlyOneOf: ['tcp', 'http', 'exec', 'log', 'file'] },
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
    kind: choice('continue', 'halt', 'reboot', 'shell'),
    help: 'What a failing onboot or onshutdown entry does; `shell` is a root shell on the console, after which the machine goes on.',
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
