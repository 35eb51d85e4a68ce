/** When something was started for the first time since the boot; milliseconds since the kernel started. */
export interface FirstStart {
  /** `services`: of the manifest; `daemons`: the supervisor itself. */
  readonly section: 'daemons' | 'services';
  readonly name: string;
  readonly startMs: number;
  /** Its process runs; null: not yet. */
  readonly startedMs: number | null;
  /** It was ready; null: not yet. */
  readonly readyMs: number | null;
}

/** The first starts of this boot. A supervisor that was started again knows only its own. */
export class FirstStarts {
  /** Memory in use when all services were ready or had failed, in bytes; null: not yet. */
  memoryAtReady: number | null = null;
  readonly #starts = new Map<string, FirstStart>();

  begin(section: FirstStart['section'], name: string, startMs: number): void {
    if (!this.#starts.has(name))
      this.#starts.set(name, { section, name, startMs, startedMs: null, readyMs: null });
  }

  /** The first time counts. */
  reached(what: 'startedMs' | 'readyMs', name: string, ms: number): void {
    const start = this.#starts.get(name);
    if (start && start[what] === null) this.#starts.set(name, { ...start, [what]: ms });
  }

  list(): FirstStart[] {
    return [...this.#starts.values()];
  }
}
