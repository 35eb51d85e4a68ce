/** A word that completes what is typed. One that ends in `/`, `:`, `,` or `=` is to be continued. */
export interface Candidate {
  readonly value: string;
  readonly about?: string;
}

/** What the shell completes itself. */
export type ShellKind = 'files' | 'folders';

export interface Completions {
  readonly candidates: readonly Candidate[];
  readonly shell?: ShellKind | undefined;
}

export const nothing: Completions = { candidates: [] };

export const words = (values: Iterable<string>, about?: string): Completions => ({
  candidates: [...values].map((value) => ({ value, ...(about !== undefined && { about }) })),
});
