import { Command, type Help } from 'commander';
import { type Examples } from './examples.ts';
/**
 * A command of kit: its actions may resolve to an exit status, its usage errors are KitErrors, its help has
 * examples.
 */
export declare class KitCommand extends Command {
    #private;
    /** The exit status of the action, once it has run; that of a subcommand is kept by the verb. */
    status: number;
    createCommand(name?: string): KitCommand;
    createHelp(): Help;
    /** The full name: `kit cache ls`. */
    get fullName(): string;
    /** The verb that this is a subcommand of; a verb itself is its own. */
    get verb(): KitCommand;
    /** @param work may resolve to the exit status of the command */
    action(work: (this: this, ...args: never[]) => unknown): this;
    /** @param check throws for words that deserve a better message than "unknown option" */
    checkWords(check: (words: readonly string[]) => void): this;
    parseAsync(...[words, from]: Parameters<Command['parseAsync']>): Promise<this>;
    withExamples(examples: Examples): this;
    /** Its own examples; a subcommand without any has those of the verb that are about it. */
    get examples(): Examples | undefined;
    helpInformation(...args: Parameters<Command['helpInformation']>): string;
    /** What commander reports about the words of a command: `error: unknown option '--frob'`. */
    error(text: string): never;
}
