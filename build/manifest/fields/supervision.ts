import { choice, either, type Fields, integer, list, record, string } from '../kinds.ts';
import { absolutePathKind, durationKind, signalKind } from './common-kinds.ts';

const linuxkit = 'Not supported.';

/** kit's own fields of an image entry, for init and the supervisor. They are written to runtime.json. */

const probeKind = record(
  {
    tcp: {
      kind: integer(1, 65535),
      help: 'A port of 127.0.0.1 accepts connections, in the network namespace of the service.',
      example: 80,
    },
    http: {
      kind: record({
        port: {
          kind: integer(1, 65535),
          help: 'Port of 127.0.0.1, in the network namespace of the service.',
          required: true,
          example: 8080,
        },
        path: { kind: absolutePathKind, help: 'Path of the request.', default: '`/`', example: '/health' },
      }),
      help: 'An HTTP GET is answered with a status from 200 to 399.',
      example: { port: 8080, path: '/health' },
    },
    exec: {
      kind: list(string),
      help: 'A program, run repeatedly in the container, exits with status 0.',
      example: ['/usr/bin/redis-cli', 'ping'],
    },
    log: {
      kind: string,
      help: 'The service logs a line that matches this regular expression.',
      example: 'listening on port \\d+',
    },
    file: { kind: absolutePathKind, help: 'The file exists in the machine.', example: '/run/web.ready' },
    interval: {
      kind: durationKind,
      help: 'Time between two checks of a service that is ready. Before, kit asks every second, and more often at first.',
      default: '`10s`',
      example: '30s',
    },
    timeout: {
      kind: durationKind,
      help: 'Time limit of one check.',
      default: '`1s` for `tcp`, `5s` for `http`, `30s` for `exec`',
      example: '5s',
    },
    retries: {
      kind: integer(1, 1000),
      help: 'Failures in a row that make a service that was ready unhealthy.',
      default: '`3`',
      example: 5,
    },
  },
  { exactlyOneOf: ['tcp', 'http', 'exec', 'log', 'file'] },
);

export const readyKind = either(choice('none'), probeKind);

const livenessKind = record({
  unhealthyFor: {
    kind: durationKind,
    help: 'How long it may stay unhealthy before it is stopped and started again.',
    default: '`30s`',
    example: '1m',
  },
  readyWithin: {
    kind: durationKind,
    help: 'How long a start may take until the service is ready; after that it is stopped and started again.',
    default: 'any time',
    example: '5m',
  },
  restarts: {
    kind: integer(1, 100),
    help:
      'At most this many such restarts within `window`. Then the service is left as it is until the window has moved on, ' +
      'which is an incident.',
    default: '`5`',
    example: 3,
  },
  window: {
    kind: durationKind,
    help: 'The time over which `restarts` are counted.',
    default: '`1h`',
    example: '30m',
  },
});

export const supervisionFields = {
  restart: {
    kind: choice('always', 'on-failure', 'no'),
    help: 'Whether the service is restarted when it exits. The pauses between restarts grow.',
    default: '`always`',
    only: 'services',
    example: 'on-failure',
    linuxkit,
  },
  after: {
    kind: list(string),
    help: 'Services that must be ready first.',
    only: 'services',
    example: ['redis'],
    linuxkit,
  },
  ready: {
    kind: readyKind,
    help:
      'How to tell that the service is ready, and later that it still works: exactly one of `tcp`, `http`, `exec`, `log` and ' +
      '`file`; or `none`, ready as soon as it runs.',
    default: 'the `HEALTHCHECK` of the image, or `none`',
    only: 'services',
    example: { tcp: 80 },
    linuxkit,
  },
  liveness: {
    kind: livenessKind,
    help:
      'Restarts the service if it runs but stays unhealthy by its `ready` check, which must be `tcp`, `http`, `exec` or ' +
      '`file`. The pauses before these restarts grow from a second to five minutes. `{}` takes all defaults.',
    default: 'an unhealthy service is reported, and left as it is',
    only: 'services',
    example: { unhealthyFor: '1m' },
    linuxkit,
  },
  stopSignal: {
    kind: signalKind,
    help:
      'Signal that asks the service to stop: `SIGTERM`, `TERM`, `SIGRTMIN+3`, or its number. A program without a ' +
      'handler for it is killed at once.',
    default: 'that of the image (`STOPSIGNAL`), or `SIGTERM`',
    only: 'services',
    example: 'SIGINT',
    linuxkit,
  },
  stopTimeout: {
    kind: durationKind,
    help: 'How long to wait for the service to stop before it is killed.',
    default: 'that of the image, or `10s`',
    only: 'services',
    example: '30s',
    linuxkit,
  },
  onFailure: {
    kind: choice('continue', 'halt', 'reboot', 'shell'),
    help:
      'What happens if an onboot or onshutdown entry fails. `shell` opens a root shell on ' +
      'the console; the boot goes on when it exits.',
    default: '`continue`',
    only: 'tasks',
    example: 'halt',
    linuxkit,
  },
  timeout: {
    kind: durationKind,
    help: 'Time limit of an onboot or onshutdown entry; `0s` for none.',
    default: '`0s`',
    only: 'tasks',
    example: '1m',
    linuxkit,
  },
  ociRuntime: {
    kind: choice('crun', 'runc'),
    help: 'The OCI runtime that runs the container.',
    default: '`crun`',
    example: 'runc',
    linuxkit,
  },
  shim: {
    kind: choice('own', 'shared'),
    help:
      "Which containerd shim, the parent of the service's processes, runs the service: one of its own, or one for all " +
      'services of its `runtime.namespace` with `shared`. Each shim takes 5 MiB; when a shared one dies, all its ' +
      'services are started again.',
    default: '`own`',
    only: 'services',
    example: 'shared',
    linuxkit,
  },
} as const satisfies Fields;
