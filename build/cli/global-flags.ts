import { type Command, Option } from 'commander';
import { repeatable } from './repeatable.ts';

/** The flags that every command accepts, before the verb and after it. */
export interface GlobalFlags {
  readonly cache?: string;
  readonly quiet?: boolean;
  readonly debug?: boolean;
  readonly verbose?: string;
  readonly mirror?: readonly string[];
  readonly certFile?: readonly string[];
  readonly json?: boolean;
}

/** The first three are shown by --help. The others are LinuxKit's, which accepts them with any command. */
const options = (): Option[] => [
  new Option('--cache <folder>', 'folder of the cache (KIT_CACHE)'),
  new Option('-q, --quiet', 'show no progress (KIT_QUIET)'),
  new Option('--debug', 'show stack traces of errors'),
  new Option('-v, --verbose <level>', '0: as --quiet; 1; 2 and 3: as --debug').hideHelp(),
  new Option('--mirror <url>', 'as KIT_MIRROR').argParser(repeatable).hideHelp(),
  new Option('--cert-file <pem>', 'as KIT_CERT_FILE').argParser(repeatable).hideHelp(),
];

/** Adds them to a command and its subcommands, except for those that a command has itself. */
export function withGlobalFlags(command: Command): void {
  for (const option of options()) {
    if (command.options.some(({ long }) => long === option.long)) continue;
    command.addOption(option.helpGroup('Global options:'));
  }
  for (const one of command.commands) withGlobalFlags(one);
}

const spellings = new Map(options().flatMap((one) => [one.short, one.long].map((name) => [name, one])));

/**
 * The number of words at the beginning of a command line that are global flags and their values:
 * 2 for `--cache DIR build`.
 */
export function leadingFlags(words: readonly string[]): number {
  let at = 0;
  while (at < words.length) {
    const [name, inline] = (words[at] ?? '').split('=');
    const option = spellings.get(name);
    if (!option) break;
    at += option.required && inline === undefined ? 2 : 1;
  }
  return at;
}
