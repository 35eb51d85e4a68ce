import { keptOf } from '../../service/keep.ts';
import type { Ended } from '../exit.ts';
import { step } from '../machine.ts';
import { inStartOrder } from '../order.ts';
import { type Action, type Event, newService, newWorld, type Policy, type World } from '../state.ts';
import { checkWorld } from './invariants.ts';
import { Random } from './random.ts';

/** Answers of the driver that are on their way, in no order. */
type Pending = Exclude<Event, { kind: 'boot' | 'stopAll' | 'start' | 'stop' | 'restart' | 'adopted' }>;

type Kill = Action & { readonly kind: 'kill' };

/** What containerd holds: it outlives the supervisor. */
interface LiveTask {
  readonly run: number;
  readonly pid: number;
  /** It pays no heed to any signal, SIGKILL included: it hangs in the kernel. */
  readonly stuck: boolean;
}

const quiet: Ended['counted'] = { memoryLimit: null, oomKills: 0, processLimit: null, forksRefused: 0 };
const names = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

/**
 * One random schedule of deaths, slow and failed starts, lost exits, orders of people, killed supervisors and a final
 * stop; the state machine's promises are checked after each step (invariants.ts). Same seed, same schedule.
 * @throws Error with the seed in it
 */
export function simulate(seed: number, steps = 60): void {
  try {
    const simulation = new Simulation(seed);
    for (let at = 0; at < steps; at += 1) simulation.move();
    simulation.end();
  } catch (thrown) {
    throw new Error(`schedule ${seed}: ${thrown instanceof Error ? thrown.message : thrown}`, {
      cause: thrown,
    });
  }
}

class Simulation {
  readonly #random: Random;
  readonly #policies: readonly (readonly [string, Policy])[];
  /** A host that answers late, fails often, and kills supervisors. */
  readonly #hostile: boolean;
  #world: World;
  #pending: (Pending | Kill)[] = [];
  #tasks = new Map<string, LiveTask>();
  #nowMs = 0;
  #nextPid = 100;
  #stopped = 0;

  constructor(seed: number) {
    this.#random = new Random(seed);
    this.#hostile = this.#random.chance(50);
    const count = 1 + this.#random.below(names.length);
    this.#policies = names.slice(0, count).map((name) => [name, this.#policy()]);
    this.#world = newWorld(inStartOrder(this.#policies.map(([name, policy]) => newService(name, policy))));
    this.#feed({ kind: 'boot' });
  }

  /** One thing happens. */
  move(): void {
    this.#nowMs += this.#random.below(3000);
    const dice = this.#random.below(100);
    if (dice < 70) this.#deliver();
    else if (dice < 82) this.#die();
    else if (dice < 96) this.#order();
    else if (this.#hostile) this.#replaceSupervisor();
  }

  /** Stopping comes to an end, whatever is under way. */
  end(): void {
    this.#feed({ kind: 'stopAll' });
    for (let turn = 0; turn < 2000 && this.#stopped === 0; turn += 1) {
      this.#nowMs += 1000;
      this.#deliver();
    }
    if (this.#stopped !== 1) throw new Error(`stopping ended ${this.#stopped} times`);
    const up = this.#world.services.find(({ phase }) => phase !== 'stopped' && phase !== 'failed');
    if (up) throw new Error(`${up.name} is ${up.phase} after the end`);
  }

  #policy(): Policy {
    return {
      restart: this.#random.pick(['always', 'on-failure', 'no']),
      after: names.filter(() => this.#random.chance(20)),
      probed: this.#random.chance(40),
      stopSignal: 'SIGTERM',
      stopTimeoutMs: this.#random.pick([0, 500, 5000]),
    };
  }

  #feed(event: Event): void {
    const { world, actions } = step(this.#world, event);
    this.#world = world;
    for (const action of actions) this.#do(action);
    const events = this.#pending.filter((one) => one.kind !== 'kill');
    checkWorld(world, events, new Set(this.#tasks.keys()));
  }

  #do(action: Action): void {
    if (action.kind === 'start') this.#launch(action);
    else if (action.kind === 'kill') this.#send(action);
    else if (action.kind === 'timer')
      this.#pending.push({ kind: 'timer', name: action.name, id: action.id, nowMs: 0 });
    else if (action.kind === 'probe' && this.#random.chance(80))
      this.#pending.push({ kind: 'ready', name: action.name, run: action.run, nowMs: 0 });
    else if (action.kind === 'stopped') this.#stopped += 1;
  }

  #launch({ name, run }: Action & { kind: 'start' }): void {
    if (this.#world.course !== 'up') throw new Error(`start of ${name} while ${this.#world.course}`);
    if (this.#tasks.has(name)) throw new Error(`second start of ${name}: it runs`);
    if (this.#pending.some((event) => event.kind === 'started' && event.name === name))
      throw new Error(`second start of ${name}: the first is under way`);
    this.#pending.push({ kind: 'started', name, run, pid: 0, nowMs: 0 });
  }

  /** On a slow host a signal comes late: when it does, it may be the next run that lives. */
  #send(kill: Kill): void {
    if (this.#hostile && this.#random.chance(20)) this.#pending.push(kill);
    else this.#kill(kill);
  }

  #kill({ name, run, signal }: Kill): void {
    const task = this.#tasks.get(name);
    if (task?.run !== run || task.stuck) return;
    if (signal === 'SIGKILL' || this.#random.chance(70)) this.#exit(name, 137);
  }

  /** The answer of the driver comes in later, or never if the supervisor dies first. */
  #exit(name: string, status: number): void {
    const task = this.#tasks.get(name);
    if (!task) return;
    this.#tasks.delete(name);
    const lost = this.#hostile && this.#random.chance(10);
    const exit = lost ? null : { status, counted: quiet };
    this.#pending.push({ kind: 'exited', name, run: task.run, exit, nowMs: 0 });
  }

  #deliver(): void {
    const [event] = this.#pending.splice(this.#random.below(Math.max(1, this.#pending.length)), 1);
    if (!event) return;
    if (event.kind === 'kill') this.#kill(event);
    else if (event.kind === 'started') this.#started(event);
    else this.#feed(event.kind === 'startFailed' ? event : { ...event, nowMs: this.#nowMs });
    this.#feelHealth();
  }

  #started({ name, run }: Pending & { kind: 'started' }): void {
    if (this.#random.chance(this.#hostile ? 40 : 10)) {
      this.#feed({ kind: 'startFailed', name, run, reason: 'by the dice' });
      return;
    }
    const pid = this.#nextPid++;
    const stuck = this.#hostile && this.#random.chance(3);
    this.#tasks.set(name, { run, pid, stuck });
    this.#feed({ kind: 'started', name, run, pid, nowMs: this.#nowMs });
  }

  #feelHealth(): void {
    const service = this.#random.pick(this.#world.services);
    if (!service?.policy.probed || !this.#random.chance(10)) return;
    const { name, run } = service;
    this.#feed({
      kind: 'health',
      name,
      run,
      healthy: this.#random.chance(50),
      why: 'the dice',
      nowMs: this.#nowMs,
    });
  }

  #die(): void {
    const [name, task] = this.#random.pick([...this.#tasks]) ?? [];
    if (name !== undefined && !task?.stuck) this.#exit(name, this.#random.pick([0, 1, 137]));
  }

  #order(): void {
    const name = this.#random.pick(this.#policies)?.[0] ?? '';
    this.#feed({ kind: this.#random.pick(['start', 'stop', 'restart']), name });
  }

  /** It dies with all that was on its way to it; a new one has what was kept, and adopts what runs. */
  #replaceSupervisor(): void {
    const { settled, services } = this.#world;
    const kept = new Map(services.map((service) => [service.name, keptOf(service)]));
    const starting = this.#pending.filter((event) => event.kind === 'started');
    this.#pending = [];
    const fresh = this.#policies.map(([name, policy]) =>
      newService(name, policy, { ...kept.get(name), pid: 0 }),
    );
    this.#world = newWorld(inStartOrder(fresh), settled);
    // A start that the dead one had ordered may have come to a task all the same.
    for (const { name, run } of starting) {
      if (this.#random.chance(50)) this.#tasks.set(name, { run, pid: this.#nextPid++, stuck: false });
    }
    for (const [name, task] of [...this.#tasks]) {
      // Of the new supervisor it is the first run.
      this.#tasks.set(name, { ...task, run: 1 });
      this.#feed({ kind: 'adopted', name, pid: task.pid, nowMs: kept.get(name)?.startedMs ?? 0 });
    }
    this.#feed({ kind: 'boot' });
  }
}
