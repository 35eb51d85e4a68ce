import { basename } from 'node:path';
import type { LinuxkitImage } from '../../parts/part-of.ts';
import type { Context } from '../context.ts';
import type { EntryNode } from '../entry.ts';

/** Brings an entry over whose options mean something else in kit. */
export type Rule = (entry: EntryNode, image: LinuxkitImage, context: Context) => void;

/**
 * The words of a command, from its program on: a service of kit's needs no tini(1), nor timeout(1), as kit's
 * programs have limits of time of their own.
 */
function programWords({ command = [] }: EntryNode): readonly string[] {
  const [first = '', ...others] = command;
  if (basename(first) === 'tini') return others.slice(others[0] === '--' ? 1 : 0);
  if (basename(first) !== 'timeout') return command;
  const at = others.findIndex((word) => !/^-|^\d|^[A-Z]+$/.test(word));
  return at < 0 ? command : others.slice(at);
}

/** The words behind the program of a command; none without a command. */
export const argumentsOf = (entry: EntryNode): readonly string[] => programWords(entry).slice(1);

/**
 * Whether an entry runs another program than those that LinuxKit's image is for, such as a script of the
 * manifest: it may need what only that image has, so the entry stays as it is, and this is said.
 * @param programs names, or whole paths where kit's package has the program at this one only
 */
export function runsAnother(
  entry: EntryNode,
  { name }: LinuxkitImage,
  programs: readonly string[],
  { rewriter }: Context,
): boolean {
  const [program] = programWords(entry);
  if (program === undefined || programs.includes(program) || programs.includes(basename(program)))
    return false;
  rewriter.ask(
    entry.item('command', entry.command?.indexOf(program) ?? 0),
    `"${program}" of "${entry.name}" is not the program of linuxkit/${name}: the entry stays as it is`,
    `with ${programs.join(' or ')}, or without a command, kit's package takes its place`,
  );
  return true;
}

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
