import type { Family, Sample } from './family.ts';

/** The two text formats of Prometheus: its own, version 0.0.4, and OpenMetrics 1.0. */
export type Format = 'text' | 'openmetrics';

export const contentTypes: Readonly<Record<Format, string>> = {
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

/**
 * The format that a scraper asks for. Prometheus names OpenMetrics first if it takes it at all; others get
 * the plain text, which all of them read. @param accept the header, of which the first 512 characters count
 */
export function formatFor(accept: string | undefined): Format {
  return /\bapplication\/openmetrics-text\b/.test((accept ?? '').slice(0, 512)) ? 'openmetrics' : 'text';
}

/**
 * All families as text. In OpenMetrics a counter's family has the name without `_total`, and the text ends
 * with a mark, so that a cut one is noticed. `untyped` is `unknown` there.
 */
export function exposition(families: readonly Family[], format: Format): string {
  const blocks = families.map((family) => block(family, format));
  return `${blocks.join('')}${format === 'openmetrics' ? '# EOF\n' : ''}`;
}

function block({ name, type, help, samples }: Family, format: Format): string {
  const family = format === 'openmetrics' && type === 'counter' ? name.replace(/_total$/, '') : name;
  const shown = format === 'openmetrics' && type === 'untyped' ? 'unknown' : type;
  const lines = samples.map(({ labels, value }) => `${name}${labelText(labels)} ${numberText(value)}\n`);
  return `# HELP ${family} ${escaped(help)}\n# TYPE ${family} ${shown}\n${lines.join('')}`;
}

function labelText(labels: Sample['labels']): string {
  const pairs = Object.entries(labels).map(
    ([key, value]) => `${key}="${escaped(value).replaceAll('"', '\\"')}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}
