import { PassThrough } from 'node:stream';
import type { Argument, Option } from 'commander';
import { paragraphs } from '../../cli/examples.ts';
import { withGlobalFlags } from '../../cli/global-flags.ts';
import { KitHelp } from '../../cli/help.ts';
import { KitCommand } from '../../cli/kit-command.ts';
import type { Context } from '../../host/context.ts';
import { type Verb, verbs } from '../index.ts';
import { about } from '../overview.ts';
import { bold, item, plain, section, subsection, title } from './roff.ts';
import { environment } from './variables.ts';

export interface ManPage {
  /** `kit-build.1` */
  readonly name: string;
  readonly text: string;
}

/** kit(1), and a page for each verb, from what `--help` is made of. @param version of kit */
export async function manPages(version: string): Promise<ManPage[]> {
  const pages = Object.entries(verbs).map(async ([name, row]) => {
    const { verb } = await row.load();
    return { name: `kit-${name}.1`, text: verbPage(name, row, verb(silentContext()), version) };
  });
  return [{ name: 'kit.1', text: mainPage(version) }, ...(await Promise.all(pages))];
}

function mainPage(version: string): string {
  const command = new KitCommand('kit');
  withGlobalFlags(command);
  return text([
    title('kit', version),
    ...section('NAME', [plain('kit - build and run small, immutable Linux machines')]),
    ...section('SYNOPSIS', [bold('kit'), plain('<command> [options]')]),
    ...section('DESCRIPTION', [plain(about), plain('Each command has a page of its own: kit-build(1).')]),
    ...section(
      'COMMANDS',
      Object.entries(verbs).flatMap(([name, { summary }]) => item(name, summary)),
    ),
    ...section('OPTIONS', [
      plain('Every command accepts these, before it or after it.'),
      ...options(command),
    ]),
    ...section('EXIT STATUS', exitStatus),
    ...section(
      'ENVIRONMENT',
      environment.flatMap(([name, meaning]) => item(name, meaning)),
    ),
    ...section('SEE ALSO', [
      plain(
        Object.keys(verbs)
          .map((name) => `kit-${name}(1)`)
          .join(', '),
      ),
    ]),
  ]);
}

const exitStatus: readonly string[] = [
  ...item('0', 'The command did what it was told.'),
  ...item('1', 'It failed. The reason is on standard error; with --json also on standard output.'),
  ...item('2', 'It was used wrongly.'),
  ...item('128+n', 'Signal n ended it: 130 for Ctrl-C.'),
];

function verbPage(name: string, { summary }: Verb, command: KitCommand, version: string): string {
  const { examples } = command;
  const rows = examples?.rows ?? [];
  const subcommands = command.commands.filter((one) => one instanceof KitCommand);
  return text([
    title(`kit-${name}`, version),
    ...section('NAME', [plain(`kit-${name} - ${summary}`)]),
    ...section('SYNOPSIS', (subcommands.length > 0 ? subcommands : [command]).flatMap(synopsis).slice(1)),
    ...section('DESCRIPTION', [
      plain(command.description()),
      ...(examples?.notes === undefined ? [] : paragraphs(examples.notes).flatMap(paragraph)),
    ]),
    ...section('ARGUMENTS', command.registeredArguments.flatMap(argument)),
    ...section('OPTIONS', options(command)),
    ...section('COMMANDS', subcommands.flatMap(subcommandPart)),
    ...section(
      'EXAMPLES',
      rows.flatMap(([line, what]) => ['.TP', bold(line), ...(what === undefined ? ['\\&'] : [plain(what)])]),
    ),
    ...section('SEE ALSO', [
      plain('kit(1), which has the options of every command, the exit status and the environment.'),
    ]),
  ]);
}

const usageOf = (command: KitCommand): string => `${command.fullName} ${command.usage()}`;

function synopsis(command: KitCommand): string[] {
  return ['.PP', bold(command.fullName), plain(command.usage())];
}

function subcommandPart(command: KitCommand): string[] {
  const sentence = command.description();
  return subsection(usageOf(command), [
    plain(`${sentence[0]?.toUpperCase()}${sentence.slice(1)}.`),
    ...command.registeredArguments.flatMap(argument),
    ...options(command),
  ]);
}

function paragraph(words: string): string[] {
  return ['.PP', ...words.split('\n').map((line) => plain(line.trim()))];
}

function argument(one: Argument): string[] {
  return one.description === '' ? [] : item(`<${one.name()}>${one.variadic ? '...' : ''}`, one.description);
}

const options = (command: KitCommand): string[] =>
  command.options.filter(({ hidden }) => !hidden).flatMap((option) => item(option.flags, sentenceOf(option)));

const sentenceOf = (option: Option): string => new KitHelp().optionDescription(option);

const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

/** Commands are only described. */
function silentContext(): Context {
  const stream = new PassThrough();
  const { signal } = new AbortController();
  return { stdin: stream, stdout: stream, stderr: stream, env: {}, cwd: '/', signal };
}
