import type { Arguments, Shape } from '../protocol/arguments.ts';
import { readArguments } from '../protocol/arguments.ts';
import type { Machine } from './machine.ts';

/** A command of the guest agent (qga/qapi-schema.json of QEMU). */
export interface Command {
  /** Runs it with arguments as the host sent them; resolves to what it returns. @throws QapiError */
  readonly run: (machine: Machine, given: Readonly<Record<string, unknown>>) => unknown;
  /** While file systems are frozen, others would wait for the disk, or write to it. */
  readonly whileFrozen: boolean;
  /** The machine ends; a success has no answer. */
  readonly isSilent: boolean;
  /** Its answer begins with the byte that hosts wait for. */
  readonly isDelimited: boolean;
}

type Traits = Partial<Pick<Command, 'whileFrozen' | 'isSilent' | 'isDelimited'>>;

/** A command with these arguments. */
export function command<const S extends Shape>(
  shape: S,
  run: (machine: Machine, given: Arguments<S>) => unknown,
  traits: Traits = {},
): Command {
  return {
    ...{ whileFrozen: false, isSilent: false, isDelimited: false, ...traits },
    run: (machine, given) => run(machine, readArguments(shape, given)),
  };
}
