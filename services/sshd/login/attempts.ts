import { limits } from '../arguments.ts';

/** The requests of one connection, for one line of the audit trail. */
export class LoginAttempts {
  readonly #refused: string[] = [];
  #requests = 0;
  #user = '';

  /** Counts a request. Returns true when there were too many. */
  requested(): boolean {
    this.#requests += 1;
    return this.#requests > limits.loginRequests;
  }

  /** Records a refused attempt. Returns true when the client has no tries left. */
  refused(user: string, reason: string): boolean {
    this.#user = user;
    this.#refused.push(reason);
    return this.#refused.length >= limits.loginTries;
  }

  /** Undefined without refused attempts. */
  get summary(): { readonly user: string; readonly tried: string } | undefined {
    if (this.#refused.length === 0) return undefined;
    return { user: this.#user, tried: [...new Set(this.#refused)].join(', ') };
  }
}
