/** The end of a session whose guest has answered no ping for a time, and of the calls on it. */
export class SilentGuest extends Error {
  constructor(silenceMs: number) {
    super(`the guest has not answered for ${silenceMs / 1000} s: it stands still, or is very busy`);
  }
}
