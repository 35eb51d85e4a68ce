import type { LogFields } from '../../../lib/log/fields.ts';
import { FieldReader } from '../encoding.ts';
import type { SftpState } from './handles.ts';
import { requestTypes } from './packet.ts';
import { path } from './paths.ts';
import { isWriting } from './requests.ts';

/** An act for the audit trail, without its result. */
export interface SftpAct {
  readonly action: string;
  readonly fields: LogFields;
}

/** Requests about one path, and about two. */
const single: ReadonlyMap<number, string> = new Map([
  [requestTypes.remove, 'remove'],
  [requestTypes.mkdir, 'mkdir'],
  [requestTypes.rmdir, 'rmdir'],
  [requestTypes.setstat, 'setstat'],
]);
const double: ReadonlyMap<number, string> = new Map([
  [requestTypes.rename, 'rename'],
  [requestTypes.symlink, 'symlink'],
]);
const extensions: ReadonlyMap<string, string> = new Map([
  ['posix-rename@openssh.com', 'rename'],
  ['hardlink@openssh.com', 'link'],
  ['lsetstat@openssh.com', 'setstat'],
]);

/**
 * What a request would read or change; undefined for one that does neither, such as a listing, and for a
 * malformed one, which fails. Ask before it is executed: it may close its handle.
 */
export function sftpAct(request: Buffer, state: SftpState): SftpAct | undefined {
  try {
    return actOf(request[0] ?? 0, new FieldReader(request.subarray(5)), state);
  } catch {
    return undefined;
  }
}

function actOf(type: number, fields: FieldReader, state: SftpState): SftpAct | undefined {
  const extension = type === requestTypes.extended ? extensions.get(fields.text()) : undefined;
  const one = single.get(type) ?? (extension === 'setstat' ? extension : undefined);
  const two = double.get(type) ?? (extension !== 'setstat' ? extension : undefined);
  if (type === requestTypes.open) {
    const name = text(path(fields, state));
    return act(isWriting(fields.u32()) ? 'write' : 'read', { path: name });
  }
  if (type === requestTypes.fsetstat)
    return act('setstat', { path: text(state.handles.file(fields.bytes()).path) });
  if (one !== undefined) return act(one, { path: text(path(fields, state)) });
  if (two !== undefined) {
    const [first, second] = [text(path(fields, state)), text(path(fields, state))];
    const swapped = two === 'symlink' && state.linkFirst;
    return act(two, swapped ? { path: second, to: first } : { path: first, to: second });
  }
  return undefined;
}

const act = (name: string, fields: LogFields): SftpAct => ({ action: `sftp-${name}`, fields });

const text = (bytes: Buffer): string => bytes.toString('utf8');
