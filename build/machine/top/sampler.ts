import type { StatusReply } from '../../../lib/control/generated/control.ts';
import { MachineClient } from '../client/client.ts';
import { grpcReason } from '../client/grpc-errors.ts';
import { isLive, type Machine } from '../records/find.ts';
import { type MachineUsage, usageOf, usageUnknown } from './usage.ts';

/** Deadline for a guest's answer, in milliseconds. */
const answerMs = 5000;

interface Source {
  readonly createdMs: number;
  readonly client: MachineClient;
  before: StatusReply | undefined;
}

/** Samples the usage of machines repeatedly, over one connection each. `using` closes the connections. */
export class Sampler implements Disposable {
  readonly #sources = new Map<string, Source>();

  /** In the order of the machines. One that has ended or does not answer has a reason instead of figures. */
  sample(machines: readonly Machine[]): Promise<MachineUsage[]> {
    return Promise.all(machines.map((machine) => this.#sampleOne(machine)));
  }

  [Symbol.dispose](): void {
    for (const { client } of this.#sources.values()) client[Symbol.dispose]();
  }

  async #sampleOne(machine: Machine): Promise<MachineUsage> {
    const { name, createdMs, reason } = machine.record;
    if (!isLive(machine)) return usageUnknown(name, Date.now(), `has ended: ${reason}`);
    try {
      const source = this.#sourceFor(name, createdMs, machine.dir);
      const status = await source.client.status(answerMs);
      const usage = usageOf(name, Date.now(), status, source.before);
      source.before = status;
      return usage;
    } catch (thrown) {
      return usageUnknown(name, Date.now(), `does not answer: ${grpcReason(thrown)}`);
    }
  }

  /** A new machine may have taken over the name and the folder: its time of creation differs. */
  #sourceFor(name: string, createdMs: number, dir: string): Source {
    const known = this.#sources.get(name);
    if (known?.createdMs === createdMs) return known;
    known?.client[Symbol.dispose]();
    const source: Source = { createdMs, client: new MachineClient(dir), before: undefined };
    this.#sources.set(name, source);
    return source;
  }
}
