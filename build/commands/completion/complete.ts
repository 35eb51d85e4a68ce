import type { Option } from 'commander';
import { leadingFlags, withGlobalFlags } from '../../cli/global-flags.ts';
import { KitCommand } from '../../cli/kit-command.ts';
import type { Context } from '../../host/context.ts';
import { verbs } from '../index.ts';
import { type Candidate, type Completions, nothing } from './candidate.ts';
import { argumentKind, optionKind } from './kinds.ts';
import { optionOf, type Position, positionOf } from './position.ts';
import type { Query } from './query.ts';

/**
 * `kit __complete WORD…`, for the scripts of shells: prints what completes the last word, each candidate on a
 * line with its description after a tab; then `:files` or `:folders` if the shell is to complete those.
 */
export async function complete(words: readonly string[], context: Context): Promise<number> {
  // An error message would destroy the line that is being typed.
  const { candidates, shell } = await completions(words, context).catch(() => nothing);
  const lines = candidates.map(({ value, about }) => (about === undefined ? value : `${value}\t${about}`));
  if (shell) lines.push(`:${shell}`);
  context.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return 0;
}

/** @param words of a command line after `kit`; the last one, which may be empty, is being typed */
export async function completions(words: readonly string[], context: Context): Promise<Completions> {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const [name, ...rest] = before.slice(leadingFlags(before));
  if (name === undefined) return starting(current, current.startsWith('-') ? globalFlags() : verbNames());
  if (name === 'help' && rest.length === 0) return starting(current, verbNames());
  const verb = Object.hasOwn(verbs, name) ? await verbs[name]?.load() : undefined;
  if (!verb) return nothing;
  const command = verb.verb(context);
  withGlobalFlags(command);
  const position = positionOf(command, rest, current, name === 'exec');
  return (await inlineValue(position, current, context)) ?? completionsAt(position, current, context);
}

async function completionsAt(position: Position, current: string, context: Context): Promise<Completions> {
  const { command } = position;
  if (position.kind === 'flag') return starting(current, flagsOf(command));
  if (position.kind === 'subcommand') return starting(current, subcommandsOf(command));
  if (position.kind === 'value') {
    const { option } = position;
    return ofKind(optionKind(command, option), { current, operands: [], context });
  }
  const { argument, operands } = position;
  return argument ? ofKind(argumentKind(command, argument), { current, operands, context }) : nothing;
}

/** Of `--format=is`: the candidates for the value, each with the flag before it. */
async function inlineValue(
  { kind, command }: Position,
  current: string,
  context: Context,
): Promise<Completions | undefined> {
  const [, flag, value = ''] = /^(--[^=]+=)(.*)$/s.exec(current) ?? [];
  const option = flag === undefined ? undefined : optionOf(command, flag);
  if (kind !== 'flag' || !option) return undefined;
  const found = await completionsAt({ kind: 'value', command, option }, value, context);
  return {
    ...found,
    candidates: found.candidates.map((one) => ({ ...one, value: `${flag}${one.value}` })),
  };
}

async function ofKind(kind: ReturnType<typeof optionKind>, query: Query): Promise<Completions> {
  const found = await kind(query);
  return { ...found, candidates: starting(query.current, found.candidates).candidates };
}

const starting = (current: string, candidates: readonly Candidate[]): Completions => ({
  candidates: candidates.filter(({ value }) => value.startsWith(current)),
});

const verbNames = (): Candidate[] => [
  ...Object.entries(verbs).map(([value, { summary }]) => ({ value, about: summary })),
  { value: 'help', about: 'describe a command' },
];

function globalFlags(): Candidate[] {
  const command = new KitCommand('kit');
  withGlobalFlags(command);
  return [...flagsOf(command), { value: '--version', about: 'print the version' }];
}

function flagsOf(command: KitCommand): Candidate[] {
  const shown = command.options.filter(({ hidden }) => !hidden);
  return [...shown.map(flagOf), { value: '--help', about: 'show the usage' }];
}

const flagOf = ({ long, short, description }: Option): Candidate => ({
  value: long ?? short ?? '',
  about: description,
});

const subcommandsOf = ({ commands }: KitCommand): Candidate[] =>
  commands.map((one) => ({ value: one.name(), about: one.description() }));
