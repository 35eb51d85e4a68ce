import { getSystemErrorMessage } from 'node:util';
import { codeOf } from '../../../lib/errors/errors.ts';
import { MalformedPacket } from '../encoding.ts';
import { statusCodes } from './packet.ts';

type StatusCode = (typeof statusCodes)[keyof typeof statusCodes];

/** A failed request, as status and message for the client. */
export class SftpError extends Error {
  override readonly name = 'SftpError';
  readonly status: StatusCode;

  constructor(status: StatusCode, message: string) {
    super(message);
    this.status = status;
  }
}

const byCode: Readonly<Record<string, StatusCode>> = {
  ENOENT: statusCodes.noSuchFile,
  ENOTDIR: statusCodes.noSuchFile,
  ELOOP: statusCodes.noSuchFile,
  EACCES: statusCodes.permissionDenied,
  EPERM: statusCodes.permissionDenied,
  EROFS: statusCodes.permissionDenied,
  EOPNOTSUPP: statusCodes.unsupported,
  ENOSYS: statusCodes.unsupported,
};

/** Converts anything thrown to status and message of the protocol. */
export function asSftpError(thrown: unknown): SftpError {
  if (thrown instanceof SftpError) return thrown;
  if (thrown instanceof MalformedPacket) return new SftpError(statusCodes.badMessage, thrown.message);
  const code = codeOf(thrown);
  const errno = thrown instanceof Error && 'errno' in thrown ? thrown.errno : undefined;
  const message = typeof errno === 'number' && errno < 0 ? getSystemErrorMessage(errno) : 'failure';
  return new SftpError(byCode[code ?? ''] ?? statusCodes.failure, message);
}
