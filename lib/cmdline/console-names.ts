/** The devices of `console=` options of a kernel command line, in order, each once: `ttyS0`. */
export function consoleNames(commandLine: string): string[] {
  const options = commandLine.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
  const names = options.flatMap((option) => {
    const [, name] = /^"?console=([A-Za-z0-9/._-]+)/.exec(option) ?? [];
    return name === undefined ? [] : [name.replace(/^\/dev\//, '')];
  });
  return [...new Set(names)];
}
