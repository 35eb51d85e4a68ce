import type { KernelLevel } from './line.ts';

/** By severity, which is the index: syslog(3), and RFC 5424, table 2. */
export const levels = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'] as const;

export const isLevel = (stream: string): stream is KernelLevel =>
  (levels as readonly string[]).includes(stream);

/** The start of a line of this level, as sd-daemon(3) defines it: `<4>`. */
export const levelPrefix = (level: KernelLevel): string => `<${levels.indexOf(level)}>`;

/** A line that a program has marked with its level: `<4>text`; undefined without a mark. */
export function markedLine(text: string): { readonly level: KernelLevel; readonly text: string } | undefined {
  if (text.charCodeAt(0) !== 0x3c || text.charCodeAt(2) !== 0x3e) return undefined;
  const level = levels[text.charCodeAt(1) - 0x30];
  return level && { level, text: text.slice(3) };
}

/** A line without its mark. */
export const unmarked = (text: string): string => markedLine(text)?.text ?? text;
