import { KitError } from '../../../lib/errors/errors.ts';
import type { Metadata } from '../../../lib/metadata/metadata.ts';
import { type Cloud, metadataService } from '../cloud/cloud.ts';
import { cleanText } from '../cloud/facts.ts';
import { maximalUserData, type Question, type Session } from '../cloud/session.ts';

/** Answers of the service by their path below `/latest/`; no key where the answer was 404. */
export type AwsAnswers = Readonly<Record<string, string | undefined>>;

const facts = {
  public_ipv4: 'meta-data/public-ipv4',
  local_ipv4: 'meta-data/local-ipv4',
  local_hostname: 'meta-data/local-hostname',
  availability_zone: 'meta-data/placement/availability-zone',
  instance_type: 'meta-data/instance-type',
} as const;
const paths = ['meta-data/instance-id', 'meta-data/hostname', ...Object.values(facts)];
const keyList = 'meta-data/public-keys/';
const maximalKeys = 100;

/** Seconds: of a boot, not of the machine's life. */
const tokenTtl = 300;

/**
 * Amazon EC2, Instance Metadata Service. Version 2 wants a token, which a program gets by PUT; version 1,
 * which answers whoever makes the machine send a GET, is asked only as `aws=v1`.
 */
export const aws: Cloud = {
  name: 'aws',
  provider: 'AWS',
  async ask({ open, argument }) {
    const session = open(metadataService);
    if (argument !== undefined && argument !== 'v1')
      throw new KitError(`Cannot use provider "aws=${argument}": expected aws or aws=v1`);
    const get = argument === 'v1' ? plainGet(session) : await getWithToken(session);
    // The first one alone: it tells whether this is the service at all.
    const list = await get(keyList);
    const keys = keyPaths(list?.toString() ?? '');
    const all = await Promise.all(
      [...paths, ...keys].map(async (path) => [path, (await get(path))?.toString()] as const),
    );
    const userdata = await get('user-data', { maximalBytes: maximalUserData });
    return parseAws(Object.fromEntries(all), userdata);
  },
};

type Get = (path: string, question?: Question) => Promise<Buffer | undefined>;

const plainGet =
  (session: Session): Get =>
  (path, question) =>
    session.get(`/latest/${path}`, question);

async function getWithToken(session: Session): Promise<Get> {
  let token = await newToken(session);
  return async (path, question) => {
    const withToken = (): Question => ({ ...question, headers: { 'X-aws-ec2-metadata-token': token } });
    const first = await session.ask(`/latest/${path}`, withToken());
    // Expired, or of a service that has restarted.
    if (first.status === 401) token = await newToken(session);
    else if (first.status === 200) return first.body;
    return session.get(`/latest/${path}`, withToken());
  };
}

async function newToken(session: Session): Promise<string> {
  const { status, body } = await session.ask('/latest/api/token', {
    method: 'PUT',
    headers: { 'X-aws-ec2-metadata-token-ttl-seconds': String(tokenTtl) },
  });
  const token = status === 200 ? cleanText(body.toString('latin1')) : undefined;
  if (token !== undefined) return token;
  const why = status === 403 ? 'the service is turned off' : `status ${status}`;
  throw new KitError(
    `Cannot get a token of the metadata service: ${status === 200 ? 'it is none' : why}` +
      (status === 404 || status === 405 ? '; a service of version 1 alone is asked as "aws=v1"' : ''),
  );
}

/** `0=my-key`, one a line; the name of a key is its owner's, and may be anything. */
export function keyPaths(list: string): string[] {
  const numbers = list.split('\n').flatMap((line) => /^(\d{1,3})=/.exec(line)?.[1] ?? []);
  return [...new Set(numbers)].slice(0, maximalKeys).map((number) => `${keyList}${number}/openssh-key`);
}

export function parseAws(answers: AwsAnswers, userdata: Buffer | undefined): Metadata {
  return {
    userdata: userdata?.length ? userdata : undefined,
    instanceId: answers['meta-data/instance-id'],
    hostname: answers['meta-data/hostname']?.split(/\s/)[0] || answers[facts.local_hostname],
    sshKeys: Object.entries(answers).flatMap(([path, text]) =>
      path.startsWith(keyList) && text !== undefined ? [text] : [],
    ),
    facts: Object.fromEntries(Object.entries(facts).map(([name, path]) => [name, answers[path]])),
  };
}
