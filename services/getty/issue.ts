export interface IssueFacts {
  readonly hostname: string;
  /** e.g. `ttyS0` */
  readonly line: string;
  readonly release: string;
  readonly machine: string;
}

/** Expands agetty(8)'s escapes of an issue file for hostname, line, system, release and machine. */
export function renderIssue(text: string, { hostname, line, release, machine }: IssueFacts): string {
  const values: Readonly<Record<string, string>> = {
    n: hostname,
    l: line,
    s: 'Linux',
    r: release,
    m: machine,
    '\\': '\\',
  };
  return text.replace(/\\(.)/g, (all, letter: string) => values[letter] ?? all);
}
