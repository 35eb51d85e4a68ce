/** The program of pkg/landlock: in the machine, and in the containers that it confines. */
export const landlockProgram = '/usr/lib/kit/landlock';

/** A command line as it is in config.json: what confines the program, and the program with its arguments. */
export interface ConfinedCommand {
  /** The program of pkg/landlock, its rules and `--`; empty without `landlock:`. */
  readonly prefix: readonly string[];
  readonly command: readonly string[];
}

export function confinedCommand(args: readonly string[]): ConfinedCommand {
  if (args[0] !== landlockProgram) return { prefix: [], command: args };
  const start = args.indexOf('--') + 1;
  return { prefix: args.slice(0, start), command: args.slice(start) };
}
