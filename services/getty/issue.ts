export interface IssueFacts {
  readonly hostname: string;
  /** e.g. `ttyS0` */
  readonly line: string;
  readonly release: string;
  readonly machine: string;
}

/** The text of an issue file with agetty(8)'s escapes for host name, line, system, release and machine filled in. */
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
