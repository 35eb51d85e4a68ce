import { EventEmitter } from 'node:events';
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { uptimeMs } from '../../../lib/linux/system/host.ts';
import { printLine } from '../../../lib/log/print-line.ts';
import type { Incidents } from '../incidents/incidents.ts';
import { signalNumber } from '../state/exit.ts';
import { step } from '../state/machine.ts';
import type { Action, Event, Service, World } from '../state/state.ts';
import { Gate } from './gate.ts';
import { watchHealth } from './health.ts';
import type { Keeper } from './keep.ts';
import { findFault, type Probed, untilReady } from './probe.ts';
import type { Runner } from './runner.ts';

/** How long containerd may keep to itself that a process has ended, when the machine is going down. Milliseconds. */
const silenceMs = 2000;

interface DriverEvents {
  /** The world has changed. */
  change: [];
  settled: [failed: readonly string[]];
  stopped: [];
}

/** Feeds the state machine with what happens, and does what it says. */
export class Driver extends EventEmitter<DriverEvents> {
  readonly runners: ReadonlyMap<string, Runner>;
  readonly incidents: Incidents;
  readonly #keeper: Keeper;
  readonly #probes = new Map<string, AbortController>();
  /** A start keeps one CPU busy: a few at once hide each other's waiting, more only get slower together. */
  readonly #gate = new Gate(availableParallelism() + 1);
  readonly #ending = Promise.withResolvers<void>();
  #world: World;

  constructor(world: World, runners: ReadonlyMap<string, Runner>, keeper: Keeper, incidents: Incidents) {
    super();
    // One listener for each waiting call of the control protocol.
    this.setMaxListeners(0);
    this.#world = world;
    this.runners = runners;
    this.#keeper = keeper;
    this.incidents = incidents;
  }

  get world(): World {
    return this.#world;
  }

  service(name: string): Service | undefined {
    return this.#world.services.find((service) => service.name === name);
  }

  dispatch(event: Event): void {
    const { world, actions } = step(this.#world, event);
    this.#world = world;
    if ('name' in event && !this.service(event.name)?.live) this.#probes.get(event.name)?.abort();
    for (const action of actions) this.#do(action);
    this.#keeper.write(world);
    if (event.kind === 'stopAll') this.#ending.resolve();
    this.emit('change');
  }

  /** Follows a task to its end. Nothing is started at the end of a machine, so that a containerd which hangs need not agree. */
  async watch(runner: Runner, run: number): Promise<void> {
    const { name } = runner.bundle;
    const gone = Promise.all([runner.gone(), this.#ending.promise]).then(() => pause(silenceMs, null));
    const exit = await Promise.race([runner.ended(), gone]);
    this.dispatch({ kind: 'exited', name, run, exit, nowMs: uptimeMs() });
  }

  #do(action: Action): void {
    if (action.kind === 'settled') this.emit('settled', action.failed);
    else if (action.kind === 'stopped') this.emit('stopped');
    else {
      const runner = this.runners.get(action.name);
      if (!runner) return;
      if (action.kind === 'start') void this.#start(runner, action.run);
      else if (action.kind === 'kill') this.#kill(runner, action);
      else if (action.kind === 'probe') void this.#probe(runner, action.run);
      else if (action.kind === 'incident') this.#keepIncident(runner, action.what);
      else if (action.kind === 'report') report(runner, action.message, action.console);
      else setTimeout(() => this.#ring(action.name, action.id), action.ms);
    }
  }

  #ring(name: string, id: number): void {
    this.dispatch({ kind: 'timer', name, id, nowMs: uptimeMs() });
  }

  async #start(runner: Runner, run: number): Promise<void> {
    const { name } = runner.bundle;
    try {
      const pid = await this.#gate.run(() => runner.start());
      this.dispatch({ kind: 'started', name, run, pid, nowMs: uptimeMs() });
    } catch (thrown) {
      this.dispatch({ kind: 'startFailed', name, run, reason: reasonOf(thrown) });
      return;
    }
    await this.watch(runner, run);
  }

  /** A signal that cannot be sent is followed by the next one, or by giving up: the machine has set a timer. */
  #kill(runner: Runner, { run, signal }: Action & { kind: 'kill' }): void {
    if (run !== this.service(runner.bundle.name)?.run) return;
    try {
      runner.kill(signalNumber(signal));
    } catch (thrown) {
      runner.log.write('kit', [`cannot send ${signal}: ${reasonOf(thrown)}`]);
    }
  }

  /** A full or broken disk costs the incident, not the service. */
  #keepIncident({ bundle, log }: Runner, what: string): void {
    try {
      this.incidents.add(bundle.name, what);
    } catch (thrown) {
      log.write('kit', [`cannot keep the incident: ${reasonOf(thrown)}`]);
    }
  }

  async #probe(runner: Runner, run: number): Promise<void> {
    const { name, runtime } = runner.bundle;
    const abort = new AbortController();
    this.#probes.get(name)?.abort();
    this.#probes.set(name, abort);
    const probe = runtime.kit.ready ?? {};
    const probed: Probed = {
      pid: this.service(name)?.pid ?? 0,
      hasLogged: () => runner.hasLogged(),
      succeeds: (command, limitMs) => runner.succeeds(command, limitMs),
    };
    if (!(await untilReady(probe, probed, abort.signal))) return;
    this.dispatch({ kind: 'ready', name, run, nowMs: uptimeMs() });
    // What was once said stays said.
    if (probe.log !== undefined) return;
    const tell = (healthy: boolean, why: string) =>
      this.dispatch({ kind: 'health', name, run, healthy, why, nowMs: uptimeMs() });
    await watchHealth(() => findFault(probe, probed), tell, abort.signal);
  }
}

function report({ bundle, log }: Runner, message: string, console: boolean): void {
  log.write('kit', [message]);
  if (console) printLine(`service "${bundle.name}" ${message}`, 2);
}
