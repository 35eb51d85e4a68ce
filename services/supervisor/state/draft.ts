import type { SupervisorAction } from './events.ts';
import type { ServiceState, SupervisorState } from './state.ts';

export interface Transition {
  readonly state: SupervisorState;
  readonly actions: readonly SupervisorAction[];
}

type Identity = 'name' | 'policy';

/** A service while a transition changes it: fields are assigned in place. */
export type ServiceDraft = Pick<ServiceState, Identity> & {
  -readonly [Field in Exclude<keyof ServiceState, Identity>]: ServiceState[Field];
};

/**
 * The state while one transition changes it. It holds exactly one `ServiceDraft` for each service, which is
 * changed in place and only replaced by an update (replace.ts): all functions of a transition see the same
 * values, and none can overwrite a change with an outdated copy. The original state is not modified.
 */
export class Draft {
  stage: SupervisorState['stage'];
  settled: boolean;
  #services: ReadonlyMap<string, ServiceDraft>;
  readonly #actions: SupervisorAction[] = [];
  #lastTimerId: number;

  constructor({ services, stage, settled, lastTimerId }: SupervisorState) {
    this.#services = new Map(services.map((service) => [service.name, { ...service }]));
    this.stage = stage;
    this.settled = settled;
    this.#lastTimerId = lastTimerId;
  }

  /** In start order. */
  get services(): readonly ServiceDraft[] {
    return [...this.#services.values()];
  }

  service(name: string): ServiceDraft | undefined {
    return this.#services.get(name);
  }

  /** `services`: in start order. */
  replaceAll(services: readonly ServiceState[]): void {
    this.#services = new Map(services.map((service) => [service.name, { ...service }]));
  }

  start({ name, run }: ServiceDraft): void {
    this.#actions.push({ kind: 'start', name, run });
  }

  kill({ name, run }: ServiceDraft, signal: string): void {
    this.#actions.push({ kind: 'kill', name, run, signal });
  }

  checkDropped({ name, run }: ServiceDraft, signal: string): void {
    this.#actions.push({ kind: 'checkDropped', name, run, signal });
  }

  probe({ name, run }: ServiceDraft): void {
    this.#actions.push({ kind: 'probe', name, run });
  }

  /** Starts a timer, which replaces an earlier one of the service. */
  setTimer(service: ServiceDraft, ms: number): void {
    this.#lastTimerId += 1;
    service.timerId = this.#lastTimerId;
    this.#actions.push({ kind: 'timer', name: service.name, id: service.timerId, ms });
  }

  /** Writes to the service's log, and to the console if `console`. */
  report({ name }: ServiceDraft, message: string, console = false): void {
    this.#actions.push({ kind: 'report', name, message, console });
  }

  recordIncident({ name, run }: ServiceDraft, what: string): void {
    this.#actions.push({ kind: 'incident', name, run, what });
  }

  announceSettled(failed: readonly string[]): void {
    this.settled = true;
    this.#actions.push({ kind: 'settled', failed });
  }

  announceDown(): void {
    this.stage = 'down';
    this.#actions.push({ kind: 'down' });
  }

  finish(): Transition {
    const { services, stage, settled } = this;
    const state = { services, stage, settled, lastTimerId: this.#lastTimerId };
    return { state, actions: this.#actions };
  }
}
