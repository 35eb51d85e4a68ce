import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { FieldReader, field, u32 } from '../../../services/sshd/encoding.ts';
import { testSocket } from '../../support/needs.ts';

/** A key of an agent: what it shows, and how it signs. */
export interface AgentKey {
  readonly blob: Buffer;
  sign(data: Buffer): Buffer;
}

/** Messages of draft-ietf-sshm-ssh-agent. */
const requests = { identities: 11, sign: 13 } as const;
const answers = { failure: 5, identities: 12, signature: 14 } as const;

/** An agent for OpenSSH's client, with keys such as those of FIDO devices, which no device need have. */
export class Agent implements AsyncDisposable {
  readonly path: string;
  readonly #keys: readonly AgentKey[];
  readonly #server: Server;

  static async start(folder: string, name: string, keys: readonly AgentKey[]): Promise<Agent> {
    const agent = new Agent(testSocket(folder, name), keys);
    await once(agent.#server.listen(agent.path), 'listening');
    return agent;
  }

  constructor(path: string, keys: readonly AgentKey[]) {
    [this.path, this.#keys] = [path, keys];
    this.#server = createServer((socket) => this.#serve(socket));
  }

  #serve(socket: Socket): void {
    let rest: Buffer = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE()) {
        const end = 4 + rest.readUInt32BE();
        socket.write(field(this.#answer(rest.subarray(4, end))));
        rest = rest.subarray(end);
      }
    });
  }

  #answer(request: Buffer): Buffer {
    const fields = new FieldReader(request.subarray(1));
    if (request[0] === requests.identities) {
      const keys = this.#keys.flatMap(({ blob }) => [field(blob), field('from the agent')]);
      return Buffer.concat([Buffer.of(answers.identities), u32(this.#keys.length), ...keys]);
    }
    const [blob, data] = request[0] === requests.sign ? [fields.bytes(), fields.bytes()] : [];
    const key = this.#keys.find((one) => blob?.equals(one.blob));
    if (!key || !data) return Buffer.of(answers.failure);
    return Buffer.concat([Buffer.of(answers.signature), field(key.sign(data))]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    await once(this.#server, 'close');
  }
}
