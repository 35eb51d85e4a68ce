import type { Action, Service, World } from './state.ts';

export interface Step {
  readonly world: World;
  readonly actions: readonly Action[];
}

/** The world while a step changes it. */
export class Draft {
  readonly services: Map<string, Service>;
  readonly actions: Action[] = [];
  course: World['course'];
  settled: boolean;
  #lastTimer: number;

  constructor(world: World) {
    this.services = new Map(world.services.map((service) => [service.name, service]));
    this.course = world.course;
    this.settled = world.settled;
    this.#lastTimer = world.lastTimer;
  }

  set(service: Service, change: Partial<Service>): Service {
    const changed = { ...service, ...change };
    this.services.set(service.name, changed);
    return changed;
  }

  do(action: Action): void {
    this.actions.push(action);
  }

  /** Starts a timer for the service and makes it the one that counts. */
  timer(service: Service, ms: number): Service {
    this.#lastTimer += 1;
    this.do({ kind: 'timer', name: service.name, id: this.#lastTimer, ms });
    return this.set(service, { timer: this.#lastTimer });
  }

  /** In the service's log; on the console too when a person should see it there. */
  report({ name }: Service, message: string, console = false): void {
    this.do({ kind: 'report', name, message, console });
  }

  finish(): Step {
    const { course, settled } = this;
    const world = { services: [...this.services.values()], course, settled, lastTimer: this.#lastTimer };
    return { world, actions: this.actions };
  }
}
