import { Command, CommanderError, Help, type Option } from 'commander';
import type { Context } from '../host/context.ts';

/**
 * A commander command that writes to the streams of the context and never exits the process. Every verb of
 * kit is one.
 */
export function program(name: string, context: Context): Command {
  return withDebug(new Command(`kit ${name}`))
    .exitOverride()
    .showHelpAfterError(`(hint: kit ${name} --help shows the usage)`)
    .configureHelp({ optionDescription })
    .configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => void context.stderr.write(text),
    });
}

/** Without the default of repeatable options, an empty list. */
function optionDescription(option: Option): string {
  return new Help().optionDescription(option).replace(/ \(default: \[\]\)$/, '');
}

/** A subcommand, such as `kit cache ls`. It inherits the settings of its parent, but not its options. */
export function subcommand(parent: Command, usage: string): Command {
  return withDebug(parent.command(usage));
}

/** Read by build/main.ts, which prints the errors. */
const withDebug = (command: Command): Command => command.option('--debug', 'show stack traces of errors');

/** Parses `args` and runs the action of the command. Resolves to the exit status: 2 for a usage error. */
export async function parse(command: Command, args: readonly string[]): Promise<number> {
  try {
    await command.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
    throw thrown;
  }
}
