import { logsInOnConsole, type Promised } from './promise.ts';

const from = 'outside';
const production = ['production'] as const;

export const outside: readonly Promised[] = [
  {
    ...{ id: 'ssh-login', from, severity: 'critical' },
    text: 'nobody logs in by ssh without a key that is authorised: not without proof, with a password, or an unknown key',
  },
  {
    ...{ id: 'control-port', from, severity: 'critical' },
    text: 'the control service answers nobody without a certificate of its authority (`control.listen`)',
  },
  {
    ...{ id: 'console-login', from, severity: 'high', only: ['machine'], unless: [logsInOnConsole] },
    text: 'the console gives no shell, and asks nobody to log in',
  },
  {
    ...{ id: 'exec-closed', from, severity: 'high', only: production },
    text: 'no program can be run in a service, or in the machine (`kit exec`)',
  },
  {
    ...{ id: 'copy-closed', from, severity: 'high', only: production },
    text: 'no file can be copied out of a service (`kit cp`)',
  },
  {
    ...{ id: 'debugger-closed', from, severity: 'high', only: production },
    text: 'no debugger can be attached to a service (`kit debug`)',
  },
  {
    ...{ id: 'debug-image-closed', from, severity: 'high', only: production },
    text: 'no debug image can be brought in (`kit exec --debug-image`)',
  },
  {
    ...{ id: 'update-closed', from, severity: 'high', only: production },
    text: 'no service can be replaced by what no key of the image has signed (`kit update`)',
  },
  {
    ...{ id: 'foreign-metadata', from, severity: 'critical', only: ['production', 'machine', 'data-volume'] },
    text: 'a data volume that somebody attaches gives nobody a login',
  },
  {
    ...{ id: 'boot-shell', from, severity: 'high', only: production },
    text: 'stage 1 has no shell (`kit.shell`)',
  },
];
