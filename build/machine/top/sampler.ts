import type { StatusReply } from '../../../lib/control/generated/control.ts';
import { grpcReason, MachineClient } from '../client/client.ts';
import { isLive, type Machine } from '../records/find.ts';
import { type MachineUsage, silentUsage, usageOf } from './usage.ts';

/** How long a guest may take to answer until it is said to be silent, in milliseconds. */
const answerMs = 5000;

/** Asks machines again and again what they use. `using` lets go of them. */
export class Sampler implements Disposable {
  private readonly followed = new Map<string, Followed>();

  /** In the order of the machines. One that has ended, or does not answer, has a reason instead of figures. */
  sample(machines: readonly Machine[]): Promise<MachineUsage[]> {
    return Promise.all(machines.map((machine) => this.ask(machine)));
  }

  [Symbol.dispose](): void {
    for (const { client } of this.followed.values()) client[Symbol.dispose]();
  }

  private async ask(machine: Machine): Promise<MachineUsage> {
    const { name, createdMs, reason } = machine.record;
    if (!isLive(machine)) return silentUsage(name, Date.now(), `has ended: ${reason}`);
    try {
      const followed = this.follow(name, createdMs, machine.dir);
      const status = await followed.client.status(answerMs);
      const usage = usageOf(name, Date.now(), status, followed.before);
      followed.before = status;
      return usage;
    } catch (thrown) {
      return silentUsage(name, Date.now(), `does not answer: ${grpcReason(thrown)}`);
    }
  }

  /** Another machine may have taken the name, and the folder. */
  private follow(name: string, createdMs: number, dir: string): Followed {
    const known = this.followed.get(name);
    if (known?.createdMs === createdMs) return known;
    known?.client[Symbol.dispose]();
    const followed: Followed = { createdMs, client: new MachineClient(dir), before: undefined };
    this.followed.set(name, followed);
    return followed;
  }
}

interface Followed {
  readonly createdMs: number;
  readonly client: MachineClient;
  before: StatusReply | undefined;
}
