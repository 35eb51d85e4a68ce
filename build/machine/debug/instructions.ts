import { devtoolsUrl, vscodeConfiguration } from './addresses.ts';

interface Target {
  readonly title: string;
  readonly url: string;
  readonly port: number;
}

/** Where the debugger is, for programs: `--json`. */
export function addresses({ title, url, port }: Target): object {
  return { url, port, devtools: devtoolsUrl(url), vscode: vscodeConfiguration(title, port) };
}

/** The same for people, with what to do. @param stopped the service was started anew and waits: `--break` */
export function instructions({ title, url, port }: Target, minutes: number, stopped: boolean): string {
  const waiting =
    'The service waits at its start: it stops before its first line once a debugger attaches.\n';
  const end = stopped ? 'Ctrl-C closes it, and the\nservice continues.' : 'Ctrl-C closes it.';
  return `Debugger listening on ${url}

Chrome: open chrome://inspect, or this address:
  ${devtoolsUrl(url)}
VS Code: add this to the configurations in .vscode/launch.json, and attach:
  ${JSON.stringify(vscodeConfiguration(title, port))}

${stopped ? waiting : ''}Set breakpoints in the TypeScript files. The debugger stays open for ${minutes} minutes. ${end}
`;
}
