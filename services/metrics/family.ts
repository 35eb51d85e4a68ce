/** A metric with all its series, as Prometheus's text formats know it. */
export interface Family {
  /** `node_cpu_seconds_total`; that of a counter ends in `_total`. */
  readonly name: string;
  /** `untyped` for numbers of which node_exporter says no more. */
  readonly type: 'counter' | 'gauge' | 'untyped';
  /** One sentence, without a period. */
  readonly help: string;
  readonly samples: readonly Sample[];
}

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Items of one metric. More are left out: there may be any number of devices and mounts. */
export const maxSamples = 256;

/** A metric without labels; none if the value is not known. */
export function single(
  name: string,
  type: Family['type'],
  help: string,
  value: number | undefined,
): readonly Family[] {
  return value === undefined ? [] : [{ name, type, help, samples: [{ labels: {}, value }] }];
}

/** A metric with a series for each item; none without items. An item of value undefined has no series. */
export function each<T>(
  name: string,
  type: Family['type'],
  help: string,
  items: readonly T[],
  labels: (item: T) => Sample['labels'],
  value: (item: T) => number | undefined,
): readonly Family[] {
  const samples = items.slice(0, maxSamples).flatMap((item) => {
    const number = value(item);
    return number === undefined ? [] : [{ labels: labels(item), value: number }];
  });
  return samples.length === 0 ? [] : [{ name, type, help, samples }];
}
