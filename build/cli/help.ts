import { type Command, Help, type Option } from 'commander';
import { wrapped } from './examples.ts';

/** Wider lines are hard to read, and do not fit a terminal of the usual size. */
export const helpColumns = 80;

/** The help of a command, in at most 80 columns: without empty defaults, and with its usage wrapped. */
export class KitHelp extends Help {
  /** Without the default of repeatable options, an empty list. */
  override optionDescription(option: Option): string {
    return super.optionDescription(option).replace(/ \(default: \[\]\)$/, '');
  }

  override commandUsage(command: Command): string {
    const usage = super.commandUsage(command);
    // The first line begins with "Usage: ".
    const [first = '', ...rest] = wrapped(usage, (this.helpWidth ?? helpColumns) - 'Usage: '.length);
    return [first, ...rest.map((line) => `       ${line}`)].join('\n');
  }
}
