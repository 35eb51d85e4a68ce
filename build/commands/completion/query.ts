import type { Context } from '../../host/context.ts';
import type { Completions } from './candidate.ts';

/** A word that is being typed. */
export interface Query {
  readonly current: string;
  /** The operands before it: the machine, before its service. */
  readonly operands: readonly string[];
  readonly context: Context;
}

/** Gives candidates for a word; those that do not begin with `current` are dropped. */
export type Kind = (query: Query) => Completions | Promise<Completions>;
