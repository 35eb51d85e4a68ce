import { createHash } from 'node:crypto';
import type {
  ControlService,
  CopyInput,
  DebugInput,
  EndRequest,
  ExecInput,
  ForwardInput,
  IncidentsRequest,
  LayerInput,
  LogsRequest,
  ServiceRequest,
  UpdateInput,
} from '../../../lib/control/generated/control.ts';
import type { LogFields } from '../../../lib/log/fields.ts';

/**
 * What the audit trail says about each call, from its first message. Never input or output of programs, nor
 * their environment. The arguments of commands are recorded: who runs a program may pass a secret there, but
 * every process of the machine could read it in /proc, and without them a trail says nothing.
 */
const fields: Readonly<Record<keyof ControlService, (message: never) => LogFields>> = {
  status: () => ({}),
  logs: ({ services, follow }: LogsRequest) => ({ services: services.slice(0, 20).map(short), follow }),
  incidents: ({ service }: IncidentsRequest) => ({ service: short(service) }),
  report: () => ({}),
  startService: ({ service }: ServiceRequest) => where(service),
  stopService: ({ service }: ServiceRequest) => where(service),
  restartService: ({ service }: ServiceRequest) => where(service),
  exec: ({ start }: ExecInput) => ({
    ...where(start?.service),
    command: shortCommand(start?.command ?? []),
    ...(start?.terminal && { terminal: true }),
    ...(start?.image && { image: start.image.layers.slice(0, 20).map(({ digest }) => short(digest)) }),
  }),
  copy: ({ start }: CopyInput) => ({
    ...where(start?.service),
    path: short(start?.path ?? ''),
    direction: short(start?.direction ?? ''),
  }),
  forward: ({ start }: ForwardInput) => ({ ...where(start?.service), port: start?.port }),
  debug: ({ start }: DebugInput) => ({ ...where(start?.service), break: start?.break }),
  missingLayers: () => ({}),
  pushLayer: ({ start }: LayerInput) => ({ digest: short(start?.digest ?? ''), bytes: start?.bytes }),
  imageState: () => ({}),
  update: ({ start }: UpdateInput) => ({
    statement: createHash('sha256')
      .update(start?.statement ?? '')
      .digest('hex'),
    signed: (start?.signature?.length ?? 0) > 0,
  }),
  end: ({ ending }: EndRequest) => ({ ending: short(ending) }),
};

/** Calls that change nothing, and are made again and again. */
const inspections: ReadonlySet<string> = new Set([
  ...['status', 'logs', 'incidents', 'report', 'missingLayers', 'imageState'],
]);

export const isInspection = (call: string): boolean => inspections.has(call);

/** `call`: `startService`; one that control.proto does not have has no fields. */
export function callFields(call: string, message: unknown): LogFields {
  return Object.hasOwn(fields, call) ? fields[call as keyof ControlService](message as never) : {};
}

/** The empty name is the machine itself; no service has a name with spaces. */
const where = (service?: string): LogFields =>
  service === undefined ? {} : { service: service === '' ? 'the machine' : short(service) };

/** In characters; texts of clients may be 4 MiB. */
const limits = { text: 256, command: 1000 } as const;

const short = (text: string): string => (text.length > limits.text ? `${text.slice(0, limits.text)}…` : text);

function shortCommand(command: readonly string[]): string[] {
  const kept: string[] = [];
  let left: number = limits.command;
  for (const part of command) {
    if (left <= 0) return [...kept, '…'];
    kept.push(short(part));
    left -= part.length + 1;
  }
  return kept;
}
