import {
  type ClientDuplexStream,
  type ClientReadableStream,
  type ClientWritableStream,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js';
import {
  ControlClient,
  type CopyInput,
  type DebugInput,
  type ExecInput,
  type ExecOutput,
  type ForwardInput,
  type ImageStateReply,
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
  type UpdateInput,
  type UpdateOutput,
} from '../../../lib/control/generated/control.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { openTransport, type Transport } from './transport.ts';

/**
 * Methods of the monitor itself, on the socket that also carries the guest's service. Request and reply are
 * empty.
 */
export const monitorMethods = {
  /** Presses the ACPI power button. */
  powerButton: '/kit.monitor.v1.Monitor/PowerButton',
  /** Presses Ctrl-Alt-Del on the machine's keyboard. */
  ctrlAltDel: '/kit.monitor.v1.Monitor/CtrlAltDel',
  /** Ends the machine at once. */
  quit: '/kit.monitor.v1.Monitor/Quit',
  /** Shows the machine the layers of next-launch.json, if it cannot be sent them. */
  prepareUpdate: '/kit.monitor.v1.Monitor/PrepareUpdate',
  /** The next boot is that of next-launch.json. */
  commitUpdate: '/kit.monitor.v1.Monitor/CommitUpdate',
} as const;

export type ServiceVerb = 'startService' | 'stopService' | 'restartService';

/** Milliseconds. Under emulation a busy guest may take seconds for any answer. */
const answerMs = 10_000;
/** The guest answers once the service has stopped, which may take as long as the service's own time-out. */
const serviceMs = 120_000;
/** Reports are often requested of machines that work badly. */
const reportMs = 30_000;

/**
 * A client of one running machine, through its monitor or over the network. `using` closes the connection.
 */
export class MachineClient implements Disposable {
  readonly #client: ControlClient;
  readonly #transport: Transport;

  constructor(dir: string) {
    this.#transport = openTransport(dir);
    this.#client = new ControlClient(
      this.#transport.target,
      this.#transport.credentials,
      this.#transport.options,
    );
  }

  status(deadlineMs = answerMs): Promise<StatusReply> {
    return unary((done) => this.#client.status({ filesystems: false }, ...within(deadlineMs), done));
  }

  logs(request: LogsRequest): ClientReadableStream<LogLines> {
    return this.#client.logs(request);
  }

  async service(verb: ServiceVerb, service: string): Promise<Service> {
    const reply = await unary((done: Done<{ service?: Service | undefined }>) =>
      this.#client[verb]({ service }, ...within(serviceMs), done),
    );
    if (!reply.service)
      throw new KitError(`Cannot read the guest's answer about service "${service}": it is empty`);
    return reply.service;
  }

  incidents(service: string): Promise<IncidentsReply> {
    return unary((done) => this.#client.incidents({ service }, ...within(answerMs), done));
  }

  async report(): Promise<ReportPart[]> {
    const reply = await unary((done: Done<ReportReply>) =>
      this.#client.report({}, ...within(reportMs), done),
    );
    return reply.parts;
  }

  /** No deadline: it lasts as long as there is something to copy. */
  copy(): ClientDuplexStream<CopyInput, TunnelOutput> {
    return this.#client.copy();
  }

  /** No deadline: it lasts as long as the program. */
  exec(): ClientDuplexStream<ExecInput, ExecOutput> {
    return this.#client.exec();
  }

  /** The digests of a debug image's layers that the machine does not have. */
  async missingLayers(layers: readonly Layer[]): Promise<readonly string[]> {
    const request = { layers: [...layers] };
    const reply = await unary((done: Done<LayersReply>) =>
      this.#client.missingLayers(request, ...within(answerMs), done),
    );
    return reply.missing;
  }

  /** No deadline: a layer may be large, and the network slow. `done` rejects with the gRPC error. */
  pushLayer(): { readonly call: ClientWritableStream<LayerInput>; readonly done: Promise<void> } {
    let end: (error: Error | null) => void = () => {};
    const done = new Promise<void>((resolve, reject) => {
      end = (error) => (error ? reject(error) : resolve());
    });
    const call = this.#client.pushLayer((error) => end(error));
    // `done` reports the error.
    call.on('error', () => {});
    return { call, done };
  }

  imageState(): Promise<ImageStateReply> {
    return unary((done) => this.#client.imageState({}, ...within(answerMs), done));
  }

  /** No deadline: it lasts until all services are ready. */
  update(): ClientDuplexStream<UpdateInput, UpdateOutput> {
    return this.#client.update();
  }

  /** No deadline: it lasts as long as the debugger does. */
  debug(): ClientDuplexStream<DebugInput, TunnelOutput> {
    return this.#client.debug();
  }

  /** No deadline: it lasts as long as the connection. */
  forward(): ClientDuplexStream<ForwardInput, TunnelOutput> {
    return this.#client.forward();
  }

  async end(ending: 'poweroff' | 'reboot' | 'halt', deadlineMs = answerMs): Promise<void> {
    await unary((done) => this.#client.end({ ending }, ...within(deadlineMs), done));
  }

  async monitor(method: keyof typeof monitorMethods): Promise<void> {
    if (this.#transport.remote) throw new KitError('it runs on another host, as does its monitor');
    const empty = (): Buffer => Buffer.alloc(0);
    await unary((done) =>
      this.#client.makeUnaryRequest(monitorMethods[method], empty, empty, empty(), ...within(answerMs), done),
    );
  }

  [Symbol.dispose](): void {
    this.#client.close();
    this.#transport.close();
  }
}

/** A deadline for each call: the connection stays open when the guest dies. */
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
