import { program } from '../context.ts';
import { takePart } from '../take.ts';
import { argumentsOf, askAbout, type Rule, runsAnother } from './rule.ts';

/** pkg/metrics can be told where it listens; it shows what node_exporter shows by default. */
export const nodeExporter: Rule = (entry, image, context) => {
  if (runsAnother(entry, image, ['node_exporter'], context)) return;
  takePart(entry, image, context);
  if (!entry.command) return;
  const words = argumentsOf(entry);
  const [listen] = words.flatMap((word) => /^--web\.listen-address=(.+)/.exec(word)?.[1] ?? []);
  entry.setCommand(listen === undefined ? undefined : [...program, '--listen', listen]);
  const text = listen === undefined ? 'pkg/metrics needs no command' : `pkg/metrics --listen ${listen}`;
  context.rewriter.change(entry.at('command'), text);
  const strange = words.filter((word) => !/^--(?:path\.|web\.listen-address=)/.test(word));
  askAbout(entry, strange, 'pkg/metrics has no such setting (docs/health.md)', context);
};
