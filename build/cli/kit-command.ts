import { Command, type Help } from 'commander';
import { KitError } from '../../lib/errors/errors.ts';
import { type Examples, examplesText } from './examples.ts';
import { helpColumns, KitHelp } from './help.ts';

type Action = Parameters<Command['action']>[0];

/**
 * A command of kit: its actions may resolve to an exit status, its usage errors are KitErrors, its help has
 * examples.
 */
export class KitCommand extends Command {
  /** The exit status of the action, once it has run; that of a subcommand is kept by the verb. */
  status = 0;
  #examples: Examples | undefined;
  #check: (words: readonly string[]) => void = () => {};

  override createCommand(name?: string): KitCommand {
    return new KitCommand(name);
  }

  override createHelp(): Help {
    return Object.assign(new KitHelp(), this.configureHelp());
  }

  /** The full name: `kit cache ls`. */
  get fullName(): string {
    return this.parent instanceof KitCommand ? `${this.parent.fullName} ${this.name()}` : this.name();
  }

  /** The verb that this is a subcommand of; a verb itself is its own. */
  get verb(): KitCommand {
    return this.parent instanceof KitCommand ? this.parent.verb : this;
  }

  /** @param work may resolve to the exit status of the command */
  override action(work: (this: this, ...args: never[]) => unknown): this {
    const act = async (...args: unknown[]): Promise<void> => {
      const result: unknown = await work.apply(this, args as never[]);
      if (typeof result === 'number') this.verb.status = result;
    };
    return super.action(act satisfies Action);
  }

  /** @param check throws for words that deserve a better message than "unknown option" */
  checkWords(check: (words: readonly string[]) => void): this {
    this.#check = check;
    return this;
  }

  override parseAsync(...[words = [], from]: Parameters<Command['parseAsync']>): Promise<this> {
    this.#check(words);
    return super.parseAsync(words, from);
  }

  withExamples(examples: Examples): this {
    this.#examples = examples;
    return this;
  }

  /** Its own examples; a subcommand without any has those of the verb that are about it. */
  get examples(): Examples | undefined {
    if (this.#examples || this.verb === this) return this.#examples;
    const rows = this.verb.examples?.rows.filter(([command]) => `${command} `.includes(`${this.fullName} `));
    return rows && rows.length > 0 ? { rows } : undefined;
  }

  override helpInformation(...args: Parameters<Command['helpInformation']>): string {
    const { examples } = this;
    const below = examples ? `\n${examplesText(examples, helpColumns)}\n` : '';
    return `${super.helpInformation(...args)}${below}`;
  }

  /** What commander reports about the words of a command: `error: unknown option '--frob'`. */
  override error(text: string): never {
    const [, message = text, suggestion] = /^(?:error: )?(.*?)(?:\n\((.*)\))?$/s.exec(text) ?? [];
    const usage = `${this.fullName} --help shows the usage`;
    throw new KitError(`${message[0]?.toUpperCase()}${message.slice(1).replaceAll("'", '"')}`, {
      hint: suggestion === undefined ? usage : `d${suggestion.slice(1)} ${usage}`,
      exitCode: 2,
    });
  }
}
