import type { Promised } from './promise.ts';

const from = 'machine';

/** Of what listens: many connections or bytes of some clients keep it from no others. */
export const floods: readonly Promised[] = [
  {
    ...{ id: 'ssh-crowd', from, severity: 'medium' },
    text: 'silent connections of one address do not keep ssh from answering others',
  },
  {
    ...{ id: 'ssh-flood', from, severity: 'high' },
    text: 'ssh closes a connection that sends megabytes before its login, and keeps none of them',
  },
  {
    ...{ id: 'control-crowd', from, severity: 'medium' },
    text: 'silent connections do not keep the control service from answering others',
  },
  {
    ...{ id: 'control-streams', from, severity: 'medium' },
    text: 'a reader of the control service has few calls open at a time, and others are answered meanwhile',
  },
];
