import { Command, CommanderError } from 'commander';
import type { Context } from '../../host/context.ts';

/**
 * A commander program wired to the context: it writes to the context's streams, never exits the process, and
 * takes wrong usage for exit status 2.
 */
export function program(name: string, context: Context): Command {
  return new Command(`kit ${name}`)
    .exitOverride()
    .showHelpAfterError(`(hint: kit ${name} --help shows the usage)`)
    .option('--debug', 'show stack traces of errors')
    .configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => void context.stderr.write(text),
    });
}

/** Parses `args` and runs the program's action. Resolves to the exit status. */
export async function parse(command: Command, args: readonly string[]): Promise<number> {
  try {
    await command.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
    throw thrown;
  }
}
