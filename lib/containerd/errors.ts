import { status } from '@grpc/grpc-js';

/** A call that failed or was not answered. `message` is the reason alone, for use in a sentence. */
export class ContainerdError extends Error {
  override readonly name = 'ContainerdError';
  /** The gRPC status. */
  readonly code: number;
  /** `Tasks/Create` */
  readonly method: string;

  constructor(method: string, code: number, details: string, cause?: unknown) {
    super(reasonIn(details), { cause });
    this.method = method;
    this.code = code;
  }
}

/** The container or task does not exist. */
export function isNotFound(thrown: unknown): boolean {
  return thrown instanceof ContainerdError && thrown.code === status.NOT_FOUND;
}

/** Ignores that the container or task does not exist. */
export async function unlessGone(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (thrown) {
    if (!isNotFound(thrown)) throw thrown;
  }
}

/** The id is taken by a container that an earlier supervisor left behind. */
export function isAlreadyExists(thrown: unknown): boolean {
  return thrown instanceof ContainerdError && thrown.code === status.ALREADY_EXISTS;
}

/** The folder of an earlier task is in the way of a new one: `mkdir /run/containerd/…/web: file exists`. */
export function isTaskFolderLeft(thrown: unknown): boolean {
  return (
    thrown instanceof ContainerdError &&
    /mkdir \S*\/io\.containerd\.runtime\.v2\.task\/\S+: file exists/.test(thrown.message)
  );
}

/** containerd exited or did not answer in time: the call may or may not have been carried out. */
export function isAway(thrown: unknown): boolean {
  if (!(thrown instanceof ContainerdError)) return false;
  return ([status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.CANCELLED] as number[]).includes(thrown.code);
}

/**
 * The innermost of containerd's wrapped errors, which is the reason: `failed to create shim task: OCI runtime
 * create failed: executable file "/x" not found: unknown` becomes `executable file "/x" not found`.
 */
function reasonIn(details: string): string {
  const text = details
    .replace(/: unknown$/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return text.replace(/^.*(?:OCI runtime \w+ failed|did not terminate successfully: exit status \d+): /, '');
}
