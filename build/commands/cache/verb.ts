import type { Command } from 'commander';
import type { Context } from '../../host/context.ts';
import { formatReference, parseReference, withDefaultTag } from '../../registry/reference.ts';

export interface JsonFlag {
  readonly json?: boolean;
}

/** A verb of `kit cache`, with the flags that all have. */
export function verb(command: Command, usage: string): Command {
  return command
    .command(usage)
    .option('--json', 'print JSON')
    .option('--debug', 'show stack traces of errors');
}

export function show(context: Context, { json }: JsonFlag, value: unknown, text: string): void {
  context.stdout.write(json ? `${JSON.stringify(value)}\n` : text);
}

/** The names that a person may mean: as it is written (`kit/sshd:3f2a…`), and as a registry has it. */
export function namesOf(text: string): string[] {
  return [text, formatReference(withDefaultTag(parseReference(text)))];
}
