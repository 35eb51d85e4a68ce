import type { LinuxkitImage } from '../../parts/part-of.ts';
import type { Context } from '../context.ts';
import type { EntryNode } from '../entry.ts';

/** Brings an entry over whose options mean something else in kit. */
export type Rule = (entry: EntryNode, image: LinuxkitImage, context: Context) => void;

/** The words behind the program of a command; none without a command. */
export const argumentsOf = (entry: EntryNode): readonly string[] => entry.command?.slice(1) ?? [];

/** Words that a rule did not understand are named, each at its place. */
export function askAbout(
  entry: EntryNode,
  words: readonly string[],
  what: string,
  { rewriter }: Context,
): void {
  const command = entry.command ?? [];
  for (const word of words)
    rewriter.ask(entry.item('command', command.indexOf(word)), `"${word}" of "${entry.name}": ${what}`);
}
