import { status } from '@grpc/grpc-js';

/** A call that containerd refused or did not answer; `message` is the reason alone, fit for a sentence. */
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

/** The call, which does nothing where there is nothing. */
export async function unlessGone(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (thrown) {
    if (!isNotFound(thrown)) throw thrown;
  }
}

/** The name is taken, by what an earlier supervisor left. */
export function isAlreadyExists(thrown: unknown): boolean {
  return thrown instanceof ContainerdError && thrown.code === status.ALREADY_EXISTS;
}

/** containerd went away, or did not answer in time: what became of the call is not known. */
export function isAway(thrown: unknown): boolean {
  if (!(thrown instanceof ContainerdError)) return false;
  return ([status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.CANCELLED] as number[]).includes(thrown.code);
}

/**
 * The end of containerd's chain of wrapped errors, which is where the reason is: `failed to create shim task: OCI
 * runtime create failed: executable file "/x" not found: unknown` becomes `executable file "/x" not found`.
 */
function reasonIn(details: string): string {
  const text = details
    .replace(/: unknown$/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return text.replace(/^.*(?:OCI runtime \w+ failed|did not terminate successfully: exit status \d+): /, '');
}
