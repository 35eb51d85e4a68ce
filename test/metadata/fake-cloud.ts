import type { IncomingHttpHeaders } from 'node:http';
import type { Hardware } from '../../services/metadata/cloud/hardware.ts';

/** What a fake cloud says of the machine that asks. */
export interface FakeMachine {
  /** A public key in one line. */
  readonly key: string;
  readonly hostname: string;
  readonly userData?: string | undefined;
}

export interface FakeRequest {
  readonly method: string;
  /** With the query: `/metadata/instance?api-version=2021-01-01`. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The client's source port. */
  readonly port: number;
}

export interface FakeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A cloud's metadata service on its real addresses and paths, which demands what the real one demands. */
export interface FakeCloud {
  /** What the hardware of its machines says. */
  readonly hardware: Partial<Hardware>;
  /** Every address that it listens on, port 80. */
  readonly addresses: readonly string[];
  /** Its answers for one run; they may count and remember. */
  answers(machine: FakeMachine): (request: FakeRequest) => FakeAnswer;
}

export const metadataAddress = '169.254.169.254';

export const notFound: FakeAnswer = {
  status: 404,
  headers: { 'Content-Type': 'text/html' },
  body: 'Not Found',
};
export const text = (body: string): FakeAnswer => ({
  status: 200,
  headers: { 'Content-Type': 'text/plain' },
  body,
});
export const json = (value: unknown): FakeAnswer => ({
  status: 200,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(value),
});
