/** Classes of errors that the guest agent answers with (qapi/error.json of QEMU). */
export type ErrorClass = 'GenericError' | 'CommandNotFound';

/** What goes back to the host as an error: one sentence. */
export class QapiError extends Error {
  readonly class: ErrorClass;

  constructor(desc: string, errorClass: ErrorClass = 'GenericError') {
    super(desc);
    this.class = errorClass;
  }
}
