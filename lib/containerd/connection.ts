import { Client, credentials, Metadata, type MethodDefinition, type ServiceError } from '@grpc/grpc-js';
import { reasonOf } from '../errors/errors.ts';
import { ContainerdError } from './errors.ts';

/** Deadlines of calls, in milliseconds. A start runs three programs, and the guest may be emulated. */
export const deadlines = { ordinary: 30_000, start: 120_000, none: 0 } as const;

/** A connection to containerd's unix socket, made at the first call and again whenever it breaks. */
export class Connection {
  readonly #client: Client;

  constructor(socket: string) {
    this.#client = new Client(`unix:${socket}`, credentials.createInsecure(), {
      'grpc.initial_reconnect_backoff_ms': 50,
      'grpc.min_reconnect_backoff_ms': 50,
      'grpc.max_reconnect_backoff_ms': 1000,
      'grpc.max_receive_message_length': -1,
      'grpc.enable_channelz': 0,
    });
  }

  close(): void {
    this.#client.close();
  }

  /** Calls a method in a namespace; waits for containerd while it is down. @throws ContainerdError */
  call<Request, Reply>(
    method: MethodDefinition<Request, Reply>,
    namespace: string,
    request: Request,
    deadlineMs: number = deadlines.ordinary,
  ): Promise<Reply> {
    const metadata = new Metadata({ waitForReady: true });
    metadata.set('containerd-namespace', namespace);
    const options = deadlineMs === deadlines.none ? {} : { deadline: Date.now() + deadlineMs };
    return new Promise((resolve, reject) => {
      const done = (error: ServiceError | null, reply?: Reply) => {
        if (reply !== undefined && !error) resolve(reply);
        else reject(errorOf(method.path, error));
      };
      const { path, requestSerialize, responseDeserialize } = method;
      this.#client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        metadata,
        options,
        done,
      );
    });
  }
}

function errorOf(path: string, error: ServiceError | null): ContainerdError {
  const method = path.replace(/^.*\.(?=\w+\/)/, '');
  return new ContainerdError(method, error?.code ?? 2, error?.details || reasonOf(error), error);
}
