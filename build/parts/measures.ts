/** What `npm run part-sizes` has measured (test/bench/part-measures.ts). */
export interface Measures {
  /** `2026-01-31` */
  readonly date: string;
  readonly arch: string;
  /** Of the own layers of each package. */
  readonly bytes: Readonly<Record<string, number>>;
  /** Bytes that a service adds, for those packages that are services. */
  readonly memory: Readonly<Record<string, number>>;
}

/** In the checkout. */
export const measuresFile = 'build/parts/measures.json';
