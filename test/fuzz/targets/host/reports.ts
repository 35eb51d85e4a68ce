import { bootTimes } from '../../../../build/machine/boot-chart/boot-times.ts';
import { savedTimes } from '../../../../build/machine/boot-chart/saved-times.ts';
import { bootSvg } from '../../../../build/machine/boot-chart/svg.ts';
import { bootText } from '../../../../build/machine/boot-chart/text.ts';
import { savedReport } from '../../../../build/size/saved-report.ts';
import { sizeReportText } from '../../../../build/size/views/text.ts';
import { treemapPage } from '../../../../build/size/views/treemap.ts';
import { StatusReply } from '../../../../lib/control/generated/control.ts';
import { inFile } from '../../in-file.ts';
import { attemptLater, check, type Target, texts } from '../../target.ts';

/** What a machine says about its boot. The first line is boot.json, the rest starts.json. */
export const bootChart: Target = {
  reads: ['build/machine/boot-chart/boot-times.ts#bootTimes'],
  seeds: () =>
    texts(
      '[{"phase":"kernel","startMs":0,"endMs":3}]\n[{"section":"services","name":"a","startMs":1,"readyMs":2}]',
      '[{"phase":"<b>","startMs":0,"endMs":0}]\n[{"section":"onboot","name":"a","startMs":1,"readyMs":null}]',
    ),
  words: ['"phase":', '"startMs":', '"endMs":', '"section":', '"services"', '"name":', '"readyMs":', '1e99'],
  run: async (bytes) => {
    const [boot = '', starts = ''] = bytes.toString().split('\n');
    const report = async () => [
      { name: 'boot.json', text: boot },
      { name: 'starts.json', text: starts },
    ];
    const status = async () => StatusReply.decode(new Uint8Array());
    const times = await attemptLater(() => bootTimes({ report, status }, 't1'));
    if (!times) return;
    check(!/<b>|NaN|Infinity/.test(bootSvg('x', times)), 'a picture has no tags of others');
    bootText('t1', times);
  },
};

/** What `kit boot-chart --json` has printed. */
export const savedBoot: Target = {
  reads: ['build/machine/boot-chart/saved-times.ts#savedTimes'],
  seeds: () =>
    texts(
      '{"readyMs":5,"bars":[{"kind":"phase","name":"<b>","startMs":0,"startedMs":null,"endMs":4}],"memory":{"atReadyBytes":null,"nowBytes":7,"services":[{"name":"a","bytes":3}]}}',
    ),
  words: ['"readyMs":', '"bars":', '"memory":', '"services":', '"startMs":', '"endMs":', 'null', '1e14'],
  run: (bytes) =>
    inFile(bytes, async (file) => {
      const times = await attemptLater(() => savedTimes(file));
      if (times) check(!/<b>|NaN|Infinity/.test(bootSvg('x', times)), 'a picture has no tags of others');
    }),
};

/** A report of `kit size --json`. */
export const sizeReport: Target = {
  reads: ['build/size/saved-report.ts#savedReport'],
  seeds: () =>
    texts(
      '{"subject":"x","bytes":3,"unpackedBytes":4,"parts":[{"title":"<b>","package":null,"users":[],"bytes":3,"unpackedBytes":4,"files":[{"path":"a","bytes":2,"unpackedBytes":3}]}]}',
      '{"subject":"x","bytes":0,"unpackedBytes":0,"parts":[]}',
    ),
  words: ['"subject":', '"parts":', '"files":', '"bytes":', '"unpackedBytes":', '"title":', '-1', '9e15'],
  run: (bytes) =>
    inFile(bytes, async (file) => {
      const report = await attemptLater(() => savedReport(file));
      if (!report) return;
      check(!/<b>|NaN|Infinity/.test(treemapPage(report)), 'a map has no tags of others');
      sizeReportText(report, { top: 3 });
    }),
};
