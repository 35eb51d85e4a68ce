import {
  type ClientDuplexStream,
  type ClientReadableStream,
  type ClientWritableStream,
  Metadata,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import {
  ControlClient,
  type CopyInput,
  type DebugInput,
  type ExecInput,
  type ExecOutput,
  type ForwardInput,
  type IncidentsReply,
  type Layer,
  type LayerInput,
  type LayersReply,
  type LogLines,
  type LogsRequest,
  type ReportPart,
  type ReportReply,
  type Service,
  type StatusReply,
  type TunnelOutput,
} from '../../../lib/control/generated/control.ts';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { type Way, wayTo } from './transport.ts';

/**
 * What the monitor does itself, on the socket that carries the guest's service too. Both messages are empty.
 */
export const monitorMethods = {
  /** Presses the ACPI power button. */
  powerButton: '/kit.monitor.v1.Monitor/PowerButton',
  /** Presses Ctrl-Alt-Del on the machine's keyboard. */
  ctrlAltDel: '/kit.monitor.v1.Monitor/CtrlAltDel',
  /** Ends QEMU at once. */
  quit: '/kit.monitor.v1.Monitor/Quit',
} as const;

export type ServiceVerb = 'startService' | 'stopService' | 'restartService';

/** Milliseconds. Under emulation a busy guest may take seconds for what is quick elsewhere. */
const answerMs = 10_000;
/** A service has its own stop time-out, which the guest waits for. */
const serviceMs = 120_000;
/** The machine that it is asked of may be ill. */
const reportMs = 30_000;

/** Speaks to one running machine, through its monitor or over the network. `using` closes the connection. */
export class MachineClient implements Disposable {
  private readonly client: ControlClient;
  private readonly way: Way;

  constructor(dir: string) {
    this.way = wayTo(dir);
    this.client = new ControlClient(this.way.target, this.way.credentials, this.way.options);
  }

  status(deadlineMs = answerMs): Promise<StatusReply> {
    return unary((done) => this.client.status({}, ...within(deadlineMs), done));
  }

  logs(request: LogsRequest): ClientReadableStream<LogLines> {
    return this.client.logs(request);
  }

  async service(verb: ServiceVerb, service: string): Promise<Service> {
    const reply = await unary((done: Done<{ service?: Service | undefined }>) =>
      this.client[verb]({ service }, ...within(serviceMs), done),
    );
    if (!reply.service)
      throw new KitError(`Cannot read the guest's answer about service "${service}": it is empty`);
    return reply.service;
  }

  incidents(service: string): Promise<IncidentsReply> {
    return unary((done) => this.client.incidents({ service }, ...within(answerMs), done));
  }

  async report(): Promise<ReportPart[]> {
    const reply = await unary((done: Done<ReportReply>) => this.client.report({}, ...within(reportMs), done));
    return reply.parts;
  }

  /** No deadline: it lasts as long as there is something to copy. */
  copy(): ClientDuplexStream<CopyInput, TunnelOutput> {
    return this.client.copy();
  }

  /** No deadline: it lasts as long as the program. */
  exec(): ClientDuplexStream<ExecInput, ExecOutput> {
    return this.client.exec();
  }

  /** Digests of those layers of a debug image that the machine lacks. */
  async missingLayers(layers: readonly Layer[]): Promise<readonly string[]> {
    const request = { layers: [...layers] };
    const reply = await unary((done: Done<LayersReply>) =>
      this.client.missingLayers(request, ...within(answerMs), done),
    );
    return reply.missing;
  }

  /** No deadline: a layer may be large, and the way to the machine slow. `done` rejects with the gRPC error. */
  pushLayer(): { readonly call: ClientWritableStream<LayerInput>; readonly done: Promise<void> } {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const call = this.client.pushLayer((error) => (error ? reject(error) : resolve()));
    // What becomes of it the answer tells.
    call.on('error', () => {});
    return { call, done: promise };
  }

  /** No deadline: it lasts as long as the debugger does. */
  debug(): ClientDuplexStream<DebugInput, TunnelOutput> {
    return this.client.debug();
  }

  /** No deadline: it lasts as long as the connection. */
  forward(): ClientDuplexStream<ForwardInput, TunnelOutput> {
    return this.client.forward();
  }

  async end(ending: 'poweroff' | 'reboot' | 'halt', deadlineMs = answerMs): Promise<void> {
    await unary((done) => this.client.end({ ending }, ...within(deadlineMs), done));
  }

  async monitor(method: keyof typeof monitorMethods): Promise<void> {
    if (this.way.remote) throw new KitError('it runs elsewhere, where its monitor is');
    const empty = (): Buffer => Buffer.alloc(0);
    await unary((done) =>
      this.client.makeUnaryRequest(monitorMethods[method], empty, empty, empty(), ...within(answerMs), done),
    );
  }

  [Symbol.dispose](): void {
    this.client.close();
    this.way.close();
  }
}

/** Every call has a deadline: a guest that dies without a word leaves its connection open. */
const within = (ms: number): [Metadata, { deadline: number }] => [
  new Metadata(),
  { deadline: Date.now() + ms },
];

type Done<T> = (error: ServiceError | null, value?: T) => void;

function unary<T>(call: (done: Done<T>) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, value) => (error ? reject(error) : resolve(value as T)));
  });
}

/** Whether the guest, or the monitor, gave no answer; as opposed to an answer that says no. */
export function isSilent(thrown: unknown): boolean {
  const code = grpcCode(thrown);
  return code === status.UNAVAILABLE || code === status.DEADLINE_EXCEEDED || code === status.CANCELLED;
}

/** Whether the client has not the role that the call takes. */
export const isNotAllowed = (thrown: unknown): boolean => grpcCode(thrown) === status.PERMISSION_DENIED;

/** Whether a connection that a tunnel led to was reset, as connections are: nothing is wrong with the tunnel. */
export const isBrokenOff = (thrown: unknown): boolean => grpcCode(thrown) === status.ABORTED;

/** What gRPC says in its own words, without `14 UNAVAILABLE:` before it. */
export function grpcReason(thrown: unknown): string {
  if (grpcCode(thrown) === status.DEADLINE_EXCEEDED) return 'it did not answer in time';
  const details = (thrown as Partial<ServiceError>).details;
  return typeof details === 'string' && details !== '' ? plain(details) : reasonOf(thrown);
}

/** grpc-js wraps the error of a connection that it could not make. */
const plain = (details: string): string =>
  /^No connection established\. Last error: (?:Error: )?(.*?)\.? Resolution note: /s.exec(details)?.[1] ??
  details;

function grpcCode(thrown: unknown): number | undefined {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'number' ? code : undefined;
}
