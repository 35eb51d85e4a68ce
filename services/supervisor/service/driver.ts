import { EventEmitter } from 'node:events';
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { uptimeMs } from '../../../lib/linux/system/host.ts';
import { printLine } from '../../../lib/log/print-line.ts';
import type { Incidents } from '../incidents/incidents.ts';
import { probeRun } from '../probe/probe-run.ts';
import type { ReplacedService, SupervisorAction, SupervisorEvent } from '../state/events.ts';
import { numberOrTerm } from '../state/signals.ts';
import type { ServiceState, SupervisorState } from '../state/state.ts';
import { transition } from '../state/transition.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';
import { FirstStarts } from './first-starts.ts';
import type { Runner } from './runner.ts';
import type { StateFile } from './state-file.ts';

/**
 * During a shutdown: milliseconds after the end of a process within which containerd must report it. After
 * that the process counts as exited anyway.
 */
const exitReportMs = 2000;

interface DriverEvents {
  /** The state has changed. */
  change: [];
  /** See the actions of the same names. */
  settled: [failed: readonly string[]];
  down: [];
}

/** Feeds the state machine with events and carries out its actions. */
export class Driver extends EventEmitter<DriverEvents> {
  readonly incidents: Incidents;
  readonly firstStarts = new FirstStarts();
  readonly #stateFile: StateFile;
  readonly #probes = new Map<string, AbortController>();
  /**
   * A start keeps one CPU busy. A few at once use the CPU while others wait; more only slow each other down.
   */
  readonly #starts = new ConcurrencyLimit(availableParallelism() + 1);
  readonly #shutdown = Promise.withResolvers<void>();
  #state: SupervisorState;
  #runners: ReadonlyMap<string, Runner>;

  constructor(
    state: SupervisorState,
    runners: ReadonlyMap<string, Runner>,
    stateFile: StateFile,
    incidents: Incidents,
  ) {
    super();
    // Each waiting call of the control protocol adds a listener.
    this.setMaxListeners(0);
    this.#state = state;
    this.#runners = runners;
    this.#stateFile = stateFile;
    this.incidents = incidents;
  }

  get state(): SupervisorState {
    return this.#state;
  }

  get runners(): ReadonlyMap<string, Runner> {
    return this.#runners;
  }

  /** Another set of services, as the state machine takes it (state/replace.ts). */
  replace(services: readonly ReplacedService[], runners: ReadonlyMap<string, Runner>): void {
    this.#runners = runners;
    this.dispatch({ kind: 'replace', services });
  }

  service(name: string): ServiceState | undefined {
    return this.#state.services.find((service) => service.name === name);
  }

  dispatch(event: SupervisorEvent): void {
    const { state, actions } = transition(this.#state, event);
    this.#state = state;
    if (event.kind === 'started' || event.kind === 'ready') this.#markStart(event);
    if ('name' in event && !this.service(event.name)?.live) this.#probes.get(event.name)?.abort();
    for (const action of actions) this.#do(action);
    this.#stateFile.write(state);
    if (event.kind === 'shutdown') this.#shutdown.resolve();
    this.emit('change');
  }

  /** A service without a probe is ready once its process runs. */
  #markStart({ kind, name, nowMs }: { kind: 'started' | 'ready'; name: string; nowMs: number }): void {
    if (kind === 'started') this.firstStarts.reached('startedMs', name, nowMs);
    if (this.service(name)?.phase === 'ready') this.firstStarts.reached('readyMs', name, nowMs);
  }

  /**
   * Waits for the exit of a task and dispatches it. During a shutdown nothing is started any more, so there
   * the end of the process is enough, even if containerd hangs.
   */
  async watch(runner: Runner, run: number): Promise<void> {
    const { name } = runner.bundle;
    const isGone = Promise.all([runner.untilGone(), this.#shutdown.promise]);
    const unreported = isGone.then(() => pause(exitReportMs, null));
    const exit = await Promise.race([runner.waitForExit(), unreported]);
    const { shimEnded } = runner;
    this.dispatch({ kind: 'exited', name, run, exit, shimEnded, nowMs: uptimeMs() });
  }

  #do(action: SupervisorAction): void {
    if (action.kind === 'settled') this.emit('settled', action.failed);
    else if (action.kind === 'down') this.emit('down');
    else {
      const runner = this.#runners.get(action.name);
      if (!runner) return;
      if (action.kind === 'start') void this.#start(runner, action.run);
      else if (action.kind === 'kill') this.#kill(runner, action);
      else if (action.kind === 'checkDropped') this.#checkDropped(runner, action);
      else if (action.kind === 'probe') this.#probe(runner, action.run);
      else if (action.kind === 'incident') this.#recordIncident(runner, action.what);
      else if (action.kind === 'report') report(runner, action.message, action.console);
      else setTimeout(() => this.#dispatchTimer(action.name, action.id), action.ms);
    }
  }

  #dispatchTimer(name: string, id: number): void {
    this.dispatch({ kind: 'timer', name, id, nowMs: uptimeMs() });
  }

  async #start(runner: Runner, run: number): Promise<void> {
    const { name } = runner.bundle;
    this.firstStarts.begin('services', name, uptimeMs());
    try {
      const pid = await this.#starts.run(() => runner.start());
      this.dispatch({ kind: 'started', name, run, pid, nowMs: uptimeMs() });
    } catch (thrown) {
      this.dispatch({ kind: 'startFailed', name, run, reason: reasonOf(thrown) });
      return;
    }
    await this.watch(runner, run);
  }

  /**
   * If the signal cannot be sent, the timer that the state machine has set sends the next one or gives up.
   */
  #kill(runner: Runner, { run, signal }: SupervisorAction & { kind: 'kill' }): void {
    if (run !== this.service(runner.bundle.name)?.run) return;
    try {
      runner.kill(numberOrTerm(signal));
    } catch (thrown) {
      runner.log.write('kit', [`cannot send ${signal}: ${reasonOf(thrown)}`]);
    }
  }

  /** Answers later, since the transition that asks is still being carried out. */
  #checkDropped(runner: Runner, { name, run, signal }: SupervisorAction & { kind: 'checkDropped' }): void {
    if (run !== this.service(name)?.run || !runner.drops(numberOrTerm(signal))) return;
    setImmediate(() => this.dispatch({ kind: 'dropped', name, run, nowMs: uptimeMs() }));
  }

  /** On a full or broken disk the incident is lost, but the service continues. */
  #recordIncident({ bundle, log, runPid }: Runner, what: string): void {
    try {
      this.incidents.add(bundle.name, what, runPid);
    } catch (thrown) {
      log.write('kit', [`cannot keep the incident: ${reasonOf(thrown)}`]);
    }
  }

  #probe(runner: Runner, run: number): void {
    const { name, runtime } = runner.bundle;
    const abort = new AbortController();
    this.#probes.get(name)?.abort();
    this.#probes.set(name, abort);
    const onReady = () => this.dispatch({ kind: 'ready', name, run, nowMs: uptimeMs() });
    const onHealth = (healthy: boolean, why: string) =>
      this.dispatch({ kind: 'health', name, run, healthy, why, nowMs: uptimeMs() });
    const target = runner.probeTarget(this.service(name)?.pid ?? 0);
    void probeRun(runtime.kit.ready ?? {}, target, { onReady, onHealth }, abort.signal);
  }
}

function report({ bundle, log }: Runner, message: string, console: boolean): void {
  log.write('kit', [message]);
  if (console) printLine(`service "${bundle.name}" ${message}`, 2);
}
