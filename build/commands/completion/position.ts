import type { Argument, Option } from 'commander';
import type { KitCommand } from '../../cli/kit-command.ts';

/** What a word of a command line stands for. */
export type Position =
  | { readonly kind: 'flag'; readonly command: KitCommand }
  | { readonly kind: 'subcommand'; readonly command: KitCommand }
  | { readonly kind: 'value'; readonly command: KitCommand; readonly option: Option }
  /** `operands` are those before it; `argument` is undefined if the command takes no more. */
  | {
      readonly kind: 'operand';
      readonly command: KitCommand;
      readonly operands: readonly string[];
      readonly argument: Argument | undefined;
    };

/**
 * What the word after `before` stands for, if it begins with `current`. The words are those after the verb.
 * @param stopsAtOperand flags after the first operand belong to another program, as for `kit exec`
 */
export function positionOf(
  verb: KitCommand,
  before: readonly string[],
  current: string,
  stopsAtOperand: boolean,
): Position {
  let command = verb;
  let takesFlags = true;
  const operands: string[] = [];
  for (let at = 0; at < before.length; at += 1) {
    const word = before[at] ?? '';
    const option = takesFlags ? optionOf(command, word) : undefined;
    if (takesFlags && word === '--') takesFlags = false;
    else if (option && takesValue(option, word)) {
      at += 1;
      if (at === before.length) return { kind: 'value', command, option };
    } else if (!option && !(takesFlags && word.startsWith('-'))) {
      const below = operands.length === 0 ? subcommandOf(command, word) : undefined;
      if (below) command = below;
      else operands.push(word);
      if (stopsAtOperand && operands.length > 0) takesFlags = false;
    }
  }
  if (takesFlags && current.startsWith('-')) return { kind: 'flag', command };
  if (command.commands.length > 0) return { kind: 'subcommand', command };
  return { kind: 'operand', command, operands, argument: argumentAt(command, operands.length) };
}

/** The option that a word names: `-f`, `--format`, `--format=x`. */
export function optionOf(command: KitCommand, word: string): Option | undefined {
  const [name] = word.split('=');
  return command.options.find(({ short, long }) => name !== '' && (name === short || name === long));
}

const takesValue = (option: Option, word: string): boolean => option.required && !word.includes('=');

function subcommandOf(command: KitCommand, word: string): KitCommand | undefined {
  const found = command.commands.find((one) => one.name() === word || one.aliases().includes(word));
  return found as KitCommand | undefined;
}

function argumentAt({ registeredArguments: all }: KitCommand, at: number): Argument | undefined {
  const last = all.at(-1);
  return all[at] ?? (last?.variadic ? last : undefined);
}
