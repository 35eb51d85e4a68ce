import { savedService } from '../../service/state-file.ts';
import type { SupervisorAction, SupervisorEvent } from '../events.ts';
import type { LimitCounters } from '../exit.ts';
import { inStartOrder } from '../start-order.ts';
import { initialState, newService, type Policy, type SupervisorState } from '../state.ts';
import { transition } from '../transition.ts';
import { deepFreeze } from './freeze.ts';
import { checkState } from './invariants.ts';
import { Random } from './random.ts';

/** Answers of the driver that have not arrived yet, in any order. */
type Pending = Exclude<
  SupervisorEvent,
  { kind: 'boot' | 'shutdown' | 'replace' | 'start' | 'stop' | 'restart' | 'adopted' }
>;

type Kill = SupervisorAction & { readonly kind: 'kill' };

/** A task of containerd: it outlives the supervisor. */
interface LiveTask {
  readonly run: number;
  readonly pid: number;
  /** No signal ends it, not even SIGKILL: it hangs in the kernel. */
  readonly stuck: boolean;
}

const noneCounted: LimitCounters = { memoryLimit: null, oomKills: 0, processLimit: null, forksRefused: 0 };
const names = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

/**
 * Runs one random schedule of exits, slow and failed starts, lost exit statuses, client commands, killed
 * supervisors and a final shutdown, and checks the invariants after each event (invariants.ts). The same seed
 * gives the same schedule.
 * @throws Error that names the seed
 */
export function simulate(seed: number, steps = 60): void {
  try {
    const simulation = new Simulation(seed);
    for (let at = 0; at < steps; at += 1) simulation.step();
    simulation.shutDown();
  } catch (thrown) {
    throw new Error(`schedule ${seed}: ${thrown instanceof Error ? thrown.message : thrown}`, {
      cause: thrown,
    });
  }
}

class Simulation {
  readonly #random: Random;
  readonly #policies: readonly (readonly [string, Policy])[];
  /** On a hostile host answers are late, starts fail often, and supervisors are killed. */
  readonly #hostile: boolean;
  #state: SupervisorState;
  #pending: (Pending | Kill)[] = [];
  #tasks = new Map<string, LiveTask>();
  #nowMs = 0;
  #nextPid = 100;
  #downCount = 0;

  constructor(seed: number) {
    this.#random = new Random(seed);
    this.#hostile = this.#random.chance(50);
    const count = 1 + this.#random.below(names.length);
    this.#policies = names.slice(0, count).map((name) => [name, this.#policy()]);
    this.#state = initialState(
      inStartOrder(this.#policies.map(([name, policy]) => newService(name, policy))),
    );
    this.#feed({ kind: 'boot' });
  }

  /** Simulates one random event. */
  step(): void {
    this.#nowMs += this.#random.below(3000);
    const dice = this.#random.below(100);
    if (dice < 70) this.#deliver();
    else if (dice < 82) this.#exitRandomTask();
    else if (dice < 96) this.#sendCommand();
    else if (this.#hostile) this.#replaceSupervisor();
  }

  /** Checks that a shutdown completes, whatever is in progress. */
  shutDown(): void {
    this.#feed({ kind: 'shutdown' });
    for (let turn = 0; turn < 2000 && this.#downCount === 0; turn += 1) {
      this.#nowMs += 1000;
      this.#deliver();
    }
    if (this.#downCount !== 1) throw new Error(`the shutdown was announced ${this.#downCount} times`);
    const up = this.#state.services.find(({ phase }) => phase !== 'stopped' && phase !== 'failed');
    if (up) throw new Error(`${up.name} is ${up.phase} after the shutdown`);
  }

  #policy(): Policy {
    return {
      restart: this.#random.pick(['always', 'on-failure', 'no']),
      after: names.filter(() => this.#random.chance(20)),
      probed: this.#random.chance(40),
      stopSignal: 'SIGTERM',
      stopTimeoutMs: this.#random.pick([0, 500, 5000]),
      ...(this.#random.chance(40) && {
        liveness: { unhealthyMs: 1000, startMs: 5000, restarts: 2, windowMs: 20_000 },
      }),
    };
  }

  #feed(event: SupervisorEvent): void {
    const { state, actions } = transition(deepFreeze(this.#state), event);
    this.#state = state;
    for (const action of actions) this.#do(action);
    const events = this.#pending.filter((one) => one.kind !== 'kill');
    checkState(state, events, new Set(this.#tasks.keys()));
  }

  #do(action: SupervisorAction): void {
    if (action.kind === 'start') this.#launch(action);
    else if (action.kind === 'kill') this.#send(action);
    else if (action.kind === 'checkDropped' && this.#random.chance(30))
      this.#pending.push({ kind: 'dropped', name: action.name, run: action.run, nowMs: 0 });
    else if (action.kind === 'timer')
      this.#pending.push({ kind: 'timer', name: action.name, id: action.id, nowMs: 0 });
    else if (action.kind === 'probe' && this.#random.chance(80))
      this.#pending.push({ kind: 'ready', name: action.name, run: action.run, nowMs: 0 });
    else if (action.kind === 'down') this.#downCount += 1;
  }

  #launch({ name, run }: SupervisorAction & { kind: 'start' }): void {
    if (this.#state.stage !== 'up') throw new Error(`start of ${name} while ${this.#state.stage}`);
    if (this.#tasks.has(name)) throw new Error(`second start of ${name} while it runs`);
    if (this.#pending.some((event) => event.kind === 'started' && event.name === name))
      throw new Error(`second start of ${name} while the first is in progress`);
    this.#pending.push({ kind: 'started', name, run, pid: 0, nowMs: 0 });
  }

  /** On a slow host a signal may arrive when the next run is already live. */
  #send(kill: Kill): void {
    if (this.#hostile && this.#random.chance(20)) this.#pending.push(kill);
    else this.#kill(kill);
  }

  #kill({ name, run, signal }: Kill): void {
    const task = this.#tasks.get(name);
    if (task?.run !== run || task.stuck) return;
    if (signal === 'SIGKILL' || this.#random.chance(70)) this.#exit(name, 137);
  }

  /** The exit is reported later, or never if the supervisor is killed first. */
  #exit(name: string, status: number): void {
    const task = this.#tasks.get(name);
    if (!task) return;
    this.#tasks.delete(name);
    const isLost = this.#hostile && this.#random.chance(10);
    const exit = isLost ? null : { status, counted: noneCounted };
    this.#pending.push({ kind: 'exited', name, run: task.run, exit, nowMs: 0 });
  }

  #deliver(): void {
    const [event] = this.#pending.splice(this.#random.below(Math.max(1, this.#pending.length)), 1);
    if (!event) return;
    if (event.kind === 'kill') this.#kill(event);
    else if (event.kind === 'started') this.#finishStart(event);
    else this.#feed(event.kind === 'startFailed' ? event : { ...event, nowMs: this.#nowMs });
    this.#changeHealth();
  }

  #finishStart({ name, run }: Pending & { kind: 'started' }): void {
    if (this.#random.chance(this.#hostile ? 40 : 10)) {
      this.#feed({ kind: 'startFailed', name, run, reason: 'random failure' });
      return;
    }
    const pid = this.#nextPid++;
    const stuck = this.#hostile && this.#random.chance(3);
    this.#tasks.set(name, { run, pid, stuck });
    this.#feed({ kind: 'started', name, run, pid, nowMs: this.#nowMs });
  }

  #changeHealth(): void {
    const service = this.#random.pick(this.#state.services);
    if (!service?.policy.probed || !this.#random.chance(10)) return;
    const { name, run } = service;
    const healthy = this.#random.chance(50);
    this.#feed({ kind: 'health', name, run, healthy, why: 'random fault', nowMs: this.#nowMs });
  }

  #exitRandomTask(): void {
    const [name, task] = this.#random.pick([...this.#tasks]) ?? [];
    if (name !== undefined && !task?.stuck) this.#exit(name, this.#random.pick([0, 1, 137]));
  }

  #sendCommand(): void {
    const name = this.#random.pick(this.#policies)?.[0] ?? '';
    this.#feed({ kind: this.#random.pick(['start', 'stop', 'restart']), name });
  }

  /**
   * The supervisor is killed with all pending events; a new one reads the saved state and adopts running
   * tasks.
   */
  #replaceSupervisor(): void {
    const { settled, services } = this.#state;
    const saved = new Map(services.map((service) => [service.name, savedService(service)]));
    const starting = this.#pending.filter((event) => event.kind === 'started');
    this.#pending = [];
    const fresh = this.#policies.map(([name, policy]) =>
      newService(name, policy, { ...saved.get(name), pid: 0 }),
    );
    this.#state = initialState(inStartOrder(fresh), settled);
    // A start that the killed supervisor had ordered may still have created a task.
    for (const { name, run } of starting) {
      if (this.#random.chance(50)) this.#tasks.set(name, { run, pid: this.#nextPid++, stuck: false });
    }
    for (const [name, task] of [...this.#tasks]) {
      // The new supervisor counts runs from 1.
      this.#tasks.set(name, { ...task, run: 1 });
      this.#feed({ kind: 'adopted', name, pid: task.pid, nowMs: saved.get(name)?.startedMs ?? 0 });
    }
    this.#feed({ kind: 'boot' });
  }
}
