import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { outFolder } from '../../src/util/files';
import { here } from './here';

const place = mkdtempSync(join(tmpdir(), 'wrong-'));
const out = join(place, 'out');
const toOut = ['reproduce', 'sweep', 'publish'];

const mistakes: [string, RegExp][] = [
  ['reprodcue', /unknown command "reprodcue": did you mean "reproduce"\?/],
  ['offline', /unknown command "offline" \(known: /],
  ['reproduce --teir quick', /unknown option of reproduce "--teir": did you mean "--tier"\?/],
  ['reproduce --list', /unknown option of reproduce "--list" \(known: /],
  ['reproduce -x', /unknown option of reproduce "-x" \(known: /],
  ['reproduce quick', /reproduce takes no "quick"/],
  ['reproduce --tier', /--tier: expected a value, got none/],
  ['reproduce --tier --offline', /--tier: expected a value, got none/],
  ['reproduce --tier=', /--tier: expected a value, got none/],
  ['reproduce --tier quick --tier paper', /--tier stands there twice/],
  ['reproduce --offline=yes', /--offline takes no value/],
  ['reproduce --tier qick', /unknown tier "qick": did you mean "quick"\?/],
  ['reproduce --tier folder', /unknown tier "folder" \(known: /],
  ['reproduce --dataset minst', /unknown data set "minst": did you mean "mnist"\?/],
  ['reproduce --dataset kuzushiji', /unknown data set "kuzushiji" \(known: /],
  [
    'reproduce --models s2cnn-qick',
    /unknown model of the quick tier "s2cnn-qick": did you mean "s2cnn-quick"\?/,
  ],
  ['reproduce --models cnn-1m', /unknown model of the quick tier "cnn-1m" \(known: /],
  ['reproduce --models EMPTY', /--models: expected a value, got none/],
  ['reproduce --models a,,b', /--models: expected a list as in a,b, got "a,,b"/],
  ['reproduce --models s2cnn-quick,s2cnn-quick', /--models: "s2cnn-quick" stands there twice/],
  ['reproduce --task segmentaton', /unknown task "segmentaton": did you mean "segmentation"\?/],
  ['reproduce --task EMPTY', /--task: expected a value, got none/],
  [
    'reproduce --task classification --models s2cnn-150k --tier study --only E1',
    /the study tier has no experiments of/,
  ],
  ['reproduce --seeds 1,x', /--seeds: expected an integer of at least 0, got "x"/],
  ['reproduce --seeds EMPTY', /--seeds: expected a value, got none/],
  ['reproduce --seeds 1,1', /--seeds: "1" stands there twice/],
  ['reproduce --seeds 1,01', /--seeds: 1 stands there twice/],
  ['reproduce --seeds -1', /--seeds: expected an integer of at least 0, got -1/],
  ['reproduce --seeds 1.5', /--seeds: expected an integer of at least 0, got 1.5/],
  ['reproduce --seeds 0x10', /--seeds: expected an integer of at least 0, got "0x10"/],
  ['reproduce --seeds 1e300', /--seeds: expected an integer of at least 0, got 1e\+300/],
  ['reproduce --engine wsm', /unknown engine "wsm": did you mean "wasm"\?/],
  ['reproduce --engine EMPTY', /--engine: expected a value, got none/],
  ['reproduce --jobs 0', /--jobs: expected an integer from 1 to 256, got 0/],
  ['reproduce --jobs 1000', /--jobs: expected an integer from 1 to 256, got 1000/],
  ['reproduce --jobs all', /--jobs: expected an integer from 1 to 256, got "all"/],
  ['reproduce --out EMPTY', /--out: expected a value, got none/],
  ['sweep --only EMPTY', /--only: expected a value, got none/],
  ['sweep --only E9', /unknown part of the quick tier "E9"/],
  ['sweep --only E5 --tier study --dataset glyphs', /the study tier has no experiments of E5 on glyphs/],
  ['sweep --part 3/2', /--part: expected K\/N with 1 <= K <= N, got "3\/2"/],
  ['sweep --part 0/2', /--part: expected K\/N with 1 <= K <= N, got "0\/2"/],
  ['sweep --part 1/2/3', /--part: expected K\/N with 1 <= K <= N, got "1\/2\/3"/],
  ['sweep --part 2', /--part: expected K\/N with 1 <= K <= N, got "2"/],
  ['sweep --part 1/', /--part: expected K\/N with 1 <= K <= N, got "1\/"/],
  ['sweep --part -1/2', /--part: expected K\/N with 1 <= K <= N, got "-1\/2"/],
  ['sweep --part 80/90', /--part: there are 44 experiments, and none for part 80\/90/],
  ['sweep --part 80/90 --dry-run', /--part: there are 44 experiments, and none for part 80\/90/],
  ['sweep --part EMPTY', /--part: expected a value, got none/],
  ['train --model s2cnn-quik', /unknown model "s2cnn-quik": did you mean "s2cnn-quick"\?/],
  ['train --model s2cnn-204k', /s2cnn-204k is a network for segmentation, not for classification/],
  ['train --images 0', /--images: expected an integer from 1 to 100000000, got 0/],
  ['train --images -5', /--images: expected an integer from 1 to 100000000, got -5/],
  ['train --images 1e9', /--images: expected an integer from 1 to 100000000, got 1000000000/],
  ['train --images 10 --rotations 11', /--rotations: expected an integer from 0 to 10, got 11/],
  ['train --bandwidth 1000', /--bandwidth: expected an integer from 1 to 256, got 1000/],
  ['train --bandwidth 3 --model cnn-quick-small', /kernel .* does not fit its image/],
  ['train --rate fast', /--rate: expected a number above 0, got "fast"/],
  ['train --rate Infinity', /--rate: expected a number above 0, got "Infinity"/],
  ['train --rate 1e999', /--rate: expected a number above 0, got "1e999"/],
  ['train --rate 0', /--rate: expected a number above 0, got "0"/],
  ['train --rate -1', /--rate: expected a number above 0, got "-1"/],
  ['train --schedule cosin', /unknown schedule "cosin": did you mean "cosine"\?/],
  ['train --steps 10 --warmup 11', /warmup: expected an integer from 0 to 10, got 11/],
  ['train --digits 2', /several digits has no label to classify/],
  ['train --digits 5', /--digits: expected an integer from 1 to 4, got 5/],
  ['train --fidelity grit', /unknown fidelity "grit": did you mean "grid"\?/],
  // The rotations that go with the released data are no mistake of the user's; what comes after is.
  [
    'train --model cnn-quick-small --fidelity released --images 1000 --digits 2',
    /several digits has no label/,
  ],
  ['train --validation 1e9', /--validation: expected an integer from 1 to 1000000, got 1000000000/],
  ['train --test 0', /--test: expected an integer from 1 to 1000000, got 0/],
  ['train --name ../x', /--name: expected a name of letters, digits, "-" and "_", got "..\/x"/],
  ['train --name EMPTY', /--name: expected a value, got none/],
  ['train --epochs 3', /unknown option of train "--epochs"/],
  ['figures --results EMPTY', /--results: expected a value, got none/],
  ['figures --results NOWHERE', /no folder of results at /],
  ['figures --add ../single', /--add: expected a name/],
  ['figures --add nothing-of-that-name', /--add: no single training "nothing-of-that-name"/],
  ['notebooks --only 99', /unknown notebook "99"/],
  ['publish --out NOWHERE', /no folder of results at /],
  ['data --dataset mnits', /unknown data set "mnits": did you mean "mnist"\?/],
  ['engines --engine wsm', /unknown engine "wsm": did you mean "wasm"\?/],
];

describe('a wrong use', () => {
  for (const [line, message] of mistakes)
    it(`is told in one line, at once, with nothing written: ${line}`, async () => {
      const args = line
        .split(' ')
        .map((word) => (word === 'EMPTY' ? '' : word.replace('NOWHERE', join(place, 'x'))));
      if (toOut.includes(args[0]) && !args.includes('--out')) args.push('--out', out);
      const singles = existsSync(join(outFolder, 'single'));
      const { code, said, complaints } = await here(...args);
      assert.equal(code, 2, complaints.join('\n'));
      assert.equal(complaints.length, 1);
      assert.match(complaints[0], message);
      assert.ok(!complaints[0].includes('\n'));
      assert.deepEqual(said, []);
      assert.ok(!existsSync(out));
      assert.equal(existsSync(join(outFolder, 'single')), singles);
    });
});

describe("the system's errors", () => {
  const file = join(place, 'file');
  writeFileSync(file, '');
  for (const line of [
    'reproduce --out FILE',
    'sweep --out FILE/below',
    'figures --figures FILE --results RESULTS',
  ])
    it(`are one line without a stack: ${line}`, async () => {
      const args = line.split(' ').map((word) => word.replace('FILE', file).replace('RESULTS', place));
      const { code, complaints } = await here(...args);
      assert.equal(code, 1);
      assert.equal(complaints.length, 1);
      assert.match(complaints[0], /^equisphere: E[A-Z]+: .*'.*file/);
      assert.ok(!complaints[0].includes('\n'));
    });
});
