import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Command } from '../../src/commands/command';
import { outFolder, repositoryRoot } from '../../src/util/files';
import { saidLike } from '../said';
import { here } from './here';
import { run } from './process';

/**
 * Command line | exit code | the one line said, with … for anything.
 *
 * EMPTY is an empty word, and PLACE a folder with `file`, a file, and `empty`, an empty folder; a variable before a
 * command is set for it.
 */
const table = `
reprodcue | 2 | unknown command "reprodcue": did you mean "reproduce"? (known: reproduce, train, sweep, publish, …)
REPRODUCE | 2 | unknown command "REPRODUCE": did you mean "reproduce"? (known: …)
offline | 2 | unknown command "offline" (known: …)
--tier quick | 2 | unknown command "--tier" (known: …)
EMPTY | 2 | unknown command "" (known: …)

reproduce --teir quick | 2 | unknown option of reproduce "--teir": did you mean "--tier"? (known: --tier, --dataset, …)
reproduce --list | 2 | unknown option of reproduce "--list" (known: …)
reproduce -x | 2 | unknown option of reproduce "-x" (known: …)
reproduce -hx | 2 | unknown option of reproduce "-x" (known: …)
reproduce --no-notebook | 2 | unknown option of reproduce "--no-notebook": did you mean "--no-notebooks"? (known: …)
reproduce quick | 2 | reproduce takes no "quick"
reproduce -- quick | 2 | reproduce takes no "quick"
reproduce --tier | 2 | --tier: expected a value, got none
reproduce --tier --offline | 2 | --tier: expected a value, got none
reproduce --tier= | 2 | --tier: expected a value, got none
reproduce --tier quick --tier paper | 2 | --tier stands there twice
reproduce --help=1 | 2 | --help takes no value
reproduce --offline=yes | 2 | --offline takes no value
reproduce --no-figures=1 | 2 | --no-figures takes no value
reproduce --no-notebooks=1 | 2 | --no-notebooks takes no value
reproduce --tier qick | 2 | unknown tier "qick": did you mean "quick"? (known: quick, study, tuning, paper)
reproduce --tier folder | 2 | unknown tier "folder" (known: quick, study, tuning, paper)
reproduce --dataset minst | 2 | unknown data set "minst": did you mean "mnist"? (known: mnist, fashion-mnist, glyphs)
reproduce --dataset kuzushiji | 2 | unknown data set "kuzushiji" (known: mnist, fashion-mnist, glyphs)
reproduce --models s2cnn-qick | 2 | unknown model of the quick tier "s2cnn-qick": did you mean "s2cnn-quick"? (known: …)
reproduce --models cnn-1m | 2 | unknown model of the quick tier "cnn-1m" (known: …)
reproduce --models EMPTY | 2 | --models: expected a value, got none
reproduce --models a,,b | 2 | --models: expected a list as in a,b, got "a,,b"
reproduce --models s2cnn-quick,s2cnn-quick | 2 | --models: "s2cnn-quick" stands there twice
reproduce --task segmentaton | 2 | unknown task "segmentaton": did you mean "segmentation"? (known: …)
reproduce --task EMPTY | 2 | --task: expected a value, got none
reproduce --task classification --models s2cnn-150k --tier study --only E1 | 2 | the study tier has no experiments of classification, s2cnn-150k, E1 on mnist
reproduce --only E9 | 2 | unknown part of the quick tier "E9": did you mean "E1"? (known: E1, E2, E3)
reproduce --seeds 1,x | 2 | --seeds: expected an integer of at least 0, got "x"
reproduce --seeds EMPTY | 2 | --seeds: expected a value, got none
reproduce --seeds 1,1 | 2 | --seeds: "1" stands there twice
reproduce --seeds 1,01 | 2 | --seeds: 1 stands there twice
reproduce --seeds -1 | 2 | --seeds: expected an integer of at least 0, got -1
reproduce --seeds 1.5 | 2 | --seeds: expected an integer of at least 0, got 1.5
reproduce --seeds 0x10 | 2 | --seeds: expected an integer of at least 0, got "0x10"
reproduce --seeds 1e300 | 2 | --seeds: expected an integer of at least 0, got 1e+300
reproduce --engine wsm | 2 | unknown engine "wsm": did you mean "wasm"? (known: node-gpu, webgpu, node, wasm, cpu)
reproduce --engine EMPTY | 2 | --engine: expected a value, got none
reproduce --jobs 0 | 2 | --jobs: expected an integer from 1 to 256, got 0
reproduce --jobs 1000 | 2 | --jobs: expected an integer from 1 to 256, got 1000
reproduce --jobs all | 2 | --jobs: expected an integer from 1 to 256, got "all"
reproduce --out EMPTY | 2 | --out: expected a value, got none
reproduce --out PLACE/file | 2 | PLACE/file: expected a folder, found a file
reproduce --out PLACE/file/below | 2 | PLACE/file: expected a folder, found a file
reproduce --against EMPTY | 2 | --against: expected a value, got none
reproduce --against PLACE/nowhere | 2 | no folder of results at PLACE/nowhere
reproduce --against PLACE/file | 2 | no folder of results at PLACE/file

sweep --tier EMPTY | 2 | --tier: expected a value, got none
sweep --dataset digits | 2 | unknown data set "digits" (known: …)
sweep --offline=1 | 2 | --offline takes no value
sweep --task both | 2 | unknown task "both" (known: classification, segmentation)
sweep --models all | 2 | unknown model of the quick tier "all" (known: …)
sweep --seeds 1;2 | 2 | --seeds: expected an integer of at least 0, got "1;2"
sweep --engine gpu | 2 | unknown engine "gpu": did you mean "cpu"? (known: …)
sweep --jobs 1.5 | 2 | --jobs: expected an integer from 1 to 256, got 1.5
sweep --out PLACE/file | 2 | PLACE/file: expected a folder, found a file
sweep --only EMPTY | 2 | --only: expected a value, got none
sweep --only E9 | 2 | unknown part of the quick tier "E9": did you mean "E1"? (known: …)
sweep --only E5 --tier study --dataset glyphs | 2 | the study tier has no experiments of E5 on glyphs
sweep --ids abc | 2 | --ids: none of the 44 experiments is "abc"; --dry-run shows their ids
sweep --ids EMPTY | 2 | --ids: expected a value, got none
sweep --ids a,a | 2 | --ids: "a" stands there twice
sweep --part 3/2 | 2 | --part: expected K/N with 1 <= K <= N, got "3/2"
sweep --part 0/2 | 2 | --part: expected K/N with 1 <= K <= N, got "0/2"
sweep --part 1/2/3 | 2 | --part: expected K/N with 1 <= K <= N, got "1/2/3"
sweep --part 2 | 2 | --part: expected K/N with 1 <= K <= N, got "2"
sweep --part 1/ | 2 | --part: expected K/N with 1 <= K <= N, got "1/"
sweep --part 1e3/2 | 2 | --part: expected K/N with 1 <= K <= N, got "1e3/2"
sweep --part -1/2 | 2 | --part: expected K/N with 1 <= K <= N, got "-1/2"
sweep --part 80/90 --dry-run | 2 | --part: there are 44 experiments, and none for part 80/90
sweep --part EMPTY | 2 | --part: expected a value, got none
sweep --leave=no | 2 | --leave takes no value
sweep --dry-run=1 | 2 | --dry-run takes no value
sweep --dry-run --dry-run | 2 | --dry-run stands there twice
sweep --status=1 | 2 | --status takes no value
sweep --status --dry-run | 2 | --status and --dry-run: expected one of them, got both
sweep --on sge | 2 | unknown place "sge" (known: slurm)
sweep --on EMPTY | 2 | --on: expected a value, got none
sweep --partition x | 2 | --partition: only with --on slurm
sweep --mem 8G | 2 | --mem: only with --on slurm
sweep --on slurm --dry-run --partition a,b;c | 2 | --partition: expected a name, or several as in a,b, got "a,b;c"
sweep --on slurm --dry-run --account EMPTY | 2 | --account: expected a value, got none
sweep --on slurm --dry-run --account a,b | 2 | --account: expected a name, got "a,b"
sweep --on slurm --dry-run --gpus -1 | 2 | --gpus: expected a number, as in 1 or a100:1, got "-1"
sweep --on slurm --dry-run --gpus a100 | 2 | --gpus: expected a number, as in 1 or a100:1, got "a100"
sweep --on slurm --dry-run --cpus 0 | 2 | --cpus: expected an integer of at least 1, got "0"
sweep --on slurm --dry-run --cpus many | 2 | --cpus: expected an integer of at least 1, got "many"
sweep --on slurm --dry-run --mem lots | 2 | --mem: expected an amount of memory, as in 8G, got "lots"
sweep --on slurm --dry-run --time soon | 2 | --time: expected a time as in 12:00:00 or 2-00:00:00, got "soon"
sweep --on slurm --dry-run --time 1:2:3:4 | 2 | --time: expected a time as in 12:00:00 or 2-00:00:00, got "1:2:3:4"
sweep --on slurm --dry-run --sbatch qos=long | 2 | --sbatch: expected options of sbatch, as in --sbatch="--qos=long", got "qos=long"

train --tier qick | 2 | unknown tier "qick": did you mean "quick"? (known: …)
train --dataset EMPTY | 2 | --dataset: expected a value, got none
train --offline=1 | 2 | --offline takes no value
train --task classification,segmentation | 2 | unknown task "classification,segmentation" (known: …)
train --model s2cnn-quik | 2 | unknown model "s2cnn-quik": did you mean "s2cnn-quick"? (known: …)
train --model s2cnn-204k | 2 | s2cnn-204k is a network for segmentation, not for classification
train --models a | 2 | unknown option of train "--models": did you mean "--model"? (known: …)
train --images | 2 | --images: expected a value, got none
train --images 0 | 2 | --images: expected an integer from 1 to 100000000, got 0
train --images -5 | 2 | --images: expected an integer from 1 to 100000000, got -5
train --images 1e9 | 2 | --images: expected an integer from 1 to 100000000, got 1000000000
train --images 10 --rotations 11 | 2 | --rotations: expected an integer from 0 to 10, got 11
train --bandwidth 1000 | 2 | --bandwidth: expected an integer from 1 to 256, got 1000
train --bandwidth 8.5 | 2 | --bandwidth: expected an integer from 1 to 256, got 8.5
train --bandwidth 3 --model cnn-quick-small | 2 | cnn: kernel … does not fit its image of …
train --rate fast | 2 | --rate: expected a number above 0, got "fast"
train --rate Infinity | 2 | --rate: expected a number above 0, got "Infinity"
train --rate 1e999 | 2 | --rate: expected a number above 0, got "1e999"
train --rate 0 | 2 | --rate: expected a number above 0, got "0"
train --rate -1 | 2 | --rate: expected a number above 0, got "-1"
train --schedule cosin | 2 | unknown schedule "cosin": did you mean "cosine"? (known: …)
train --steps 1e10 | 2 | --steps: expected an integer from 1 to 1000000000, got 10000000000
train --steps 10 --warmup 11 | 2 | experiment: warmup: expected an integer from 0 to 10, got 11
train --patience -1 | 2 | --patience: expected an integer from 0 to 1000000000, got -1
train --batch 0 | 2 | --batch: expected an integer from 1 to 100000, got 0
train --seed 1,2 | 2 | --seed: expected an integer of at least 0, got "1,2"
train --digits 2 | 2 | experiment: a sphere with several digits has no label to classify
train --digits 5 | 2 | --digits: expected an integer from 1 to 4, got 5
train --fidelity grit | 2 | unknown fidelity "grit": did you mean "grid"? (known: …)
train --fidelity sampling+sampling | 2 | fidelity "sampling+sampling": "sampling" stands there twice
train --fidelity corrected+grid | 2 | unknown fidelity "corrected" (known: sampling, grid, pole, centre, rotations, input)
train --fidelity released --rotations 3 --images 1000 --model cnn-quick-small | 2 | experiment: with the fidelity "released" 1000 images have 2 rotations, not 3
train --fidelity released --images 1000 --digits 2 --model cnn-quick-small | 2 | experiment: a sphere with several digits has no label to classify
train --validation 1e9 | 2 | --validation: expected an integer from 1 to 1000000, got 1000000000
train --test 0 | 2 | --test: expected an integer from 1 to 1000000, got 0
train --name ../x | 2 | --name: expected a name of letters, digits, "-" and "_", got "../x"
train --name .hidden | 2 | --name: expected a name of letters, digits, "-" and "_", got ".hidden"
train --name EMPTY | 2 | --name: expected a value, got none
train --engine tpu | 2 | unknown engine "tpu": did you mean "cpu"? (known: …)
train --epochs 3 | 2 | unknown option of train "--epochs" (known: …)
train --jobs 2 | 2 | unknown option of train "--jobs" (known: …)

publish --out PLACE/nowhere | 2 | no folder of results at PLACE/nowhere/results
publish --out PLACE/file | 2 | no folder of results at PLACE/file/results
publish --to EMPTY | 2 | --to: expected a value, got none
publish --force | 2 | unknown option of publish "--force" (known: --out, --to, --help)
publish all | 2 | publish takes no "all"

networks --out PLACE/nowhere | 2 | no folder of results at PLACE/nowhere/results
networks --dataset minst | 2 | unknown data set "minst": did you mean "mnist"? (known: …)
networks --engine wsm | 2 | unknown engine "wsm": did you mean "wasm"? (known: …)
networks --offline=1 | 2 | --offline takes no value
networks --tier study | 2 | unknown option of networks "--tier" (known: --out, --dataset, --offline, --engine, --help)

measure --only speed | 2 | unknown measurement "speed" (known: cost, answers, relu, training)
measure --only cost,cost | 2 | --only: "cost" stands there twice
measure --task segmentaton | 2 | unknown task "segmentaton": did you mean "segmentation"? (known: …)
measure --images 0 | 2 | --images: expected an integer of at least 1, got 0
measure --spheres 0 | 2 | --spheres: expected an integer from 32 to 100000, got 0
measure --spheres many | 2 | --spheres: expected an integer from 32 to 100000, got "many"
measure --spheres 1e9 | 2 | --spheres: expected an integer from 32 to 100000, got 1000000000
measure --out PLACE/nowhere --to PLACE/measured | 2 | no folder of results at PLACE/nowhere/results
measure --to EMPTY | 2 | --to: expected a value, got none
measure --engine wsm | 2 | unknown engine "wsm": did you mean "wasm"? (known: …)
measure --dataset minst | 2 | unknown data set "minst": did you mean "mnist"? (known: …)
measure --offline=1 | 2 | --offline takes no value

figures --results EMPTY | 2 | --results: expected a value, got none
figures --results PLACE/nowhere | 2 | no folder of results at PLACE/nowhere
figures --results PLACE/file | 2 | no folder of results at PLACE/file
figures --results PLACE/empty --figures PLACE/file | 2 | PLACE/file: expected a folder, found a file
figures --figures /proc/x | 2 | /proc: no folder can be made in it
figures --figures EMPTY | 2 | --figures: expected a value, got none
figures --add ../single | 2 | --add: expected a name of letters, digits, "-" and "_", got "../single"
figures --add nothing-of-that-name | 2 | --add: no single training "nothing-of-that-name": there is no …/nothing-of-that-name/results
figures --add a,a | 2 | --add: "a" stands there twice
figures --dataset mnist | 2 | unknown option of figures "--dataset" (known: --results, --figures, --add, --help)

notebooks --only 99 | 2 | unknown notebook "99" (known: 01, 02, …)
notebooks --only 1 | 2 | unknown notebook "1": did you mean "01"? (known: …)
notebooks --only 01,01 | 2 | --only: "01" stands there twice
notebooks --only EMPTY | 2 | --only: expected a value, got none
notebooks 01 | 2 | notebooks takes no "01"

page --networks PLACE/nowhere --figures PLACE/page | 2 | no trained networks in PLACE/nowhere; \`equisphere networks\` publishes those of a run
page --networks PLACE/file --figures PLACE/page | 2 | no trained networks in PLACE/file; \`equisphere networks\` publishes those of a run
page --networks PLACE/empty --figures PLACE/page | 2 | no trained networks in PLACE/empty; …
page --figures PLACE/file | 2 | PLACE/file: expected a folder, found a file
page --dataset mnits | 2 | unknown data set "mnits": did you mean "mnist"? (known: …)
page --offline=1 | 2 | --offline takes no value

data --dataset mnits | 2 | unknown data set "mnits": did you mean "mnist"? (known: …)
data --dataset EMPTY | 2 | --dataset: expected a value, got none
data --offline=1 | 2 | --offline takes no value
data mnist | 2 | data takes no "mnist"
data --tier quick | 2 | unknown option of data "--tier" (known: --dataset, --offline, --help)
EQUISPHERE_DATA=PLACE/nowhere data --dataset mnist | 2 | EQUISPHERE_DATA is PLACE/nowhere, which does not exist

engines --engine wsm | 2 | unknown engine "wsm": did you mean "wasm"? (known: …)
engines --engine=cpu --engine=wasm | 2 | --engine stands there twice
engines wasm | 2 | engines takes no "wasm"
EQUISPHERE_ENGINE=wsm engines | 2 | unknown $EQUISPHERE_ENGINE "wsm": did you mean "wasm"? (known: …)
EQUISPHERE_GEMM=mkl engines | 2 | unknown $EQUISPHERE_GEMM "mkl" (known: blas, simd)
EQUISPHERE_THREADS=0 engines | 2 | $EQUISPHERE_THREADS: expected an integer from 1 to 64, got 0
EQUISPHERE_THREADS=two engines | 2 | $EQUISPHERE_THREADS: expected an integer from 1 to 64, got NaN

bench --rows EMPTY | 2 | --rows: expected a value, got none
bench --rows A,A | 2 | --rows: "A" stands there twice
bench --engine wsm | 2 | unknown engine "wsm": did you mean "wasm"? (known: …)
bench --compare=1 | 2 | --compare takes no value
bench --growth --phases | 2 | --growth and --phases: expected one of them, got both
bench --phases --late | 2 | --phases and --late: expected one of them, got both
bench --late --engine cpu | 2 | --engine: not with --late
bench --threads --gemm simd | 2 | --gemm: not with --threads
bench --threads --rows Q | 2 | unknown row "Q": did you mean "A"? (known: …)
bench --gemm mkl | 2 | unknown gemm "mkl" (known: …)
bench --growth --rows A | 2 | --rows: not with --growth
bench --phases --compare | 2 | --compare: not with --phases
bench A | 2 | bench takes no "A"
`;

const place = mkdtempSync(join(tmpdir(), 'bad-input-'));
writeFileSync(join(place, 'file'), '');
mkdirSync(join(place, 'empty'));

const mistakes = table
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => {
    const [command, code, said] = line.split(' | ');
    return { line: command, code: Number(code), said: `equisphere: ${said.replaceAll('PLACE', place)}` };
  });

/** Splits a line of the table into the variables that it sets and the words of the command. */
function wordsOf(line: string): { variables: Record<string, string>; args: string[] } {
  const words = line.split(' ').map((word) => (word === 'EMPTY' ? '' : word.replace('PLACE', place)));
  const start = words.findIndex((word) => !/^EQUISPHERE_\w+=/.test(word));
  return {
    variables: Object.fromEntries(words.slice(0, start).map((word) => word.split('='))),
    args: words.slice(start),
  };
}

/** Where results would go if a mistake were not noticed. */
const unwritten = join(place, 'out');
const toOut = ['reproduce', 'sweep'];

describe('bad input', () => {
  for (const { line, code, said } of mistakes)
    it(`is told in one line, at once, with nothing written: ${line}`, async () => {
      const { variables, args } = wordsOf(line);
      if (toOut.includes(args[0]) && !args.includes('--out')) args.push('--out', unwritten);
      const before = { ...process.env };
      const singles = existsSync(join(outFolder, 'single'));
      Object.assign(process.env, variables);
      const outcome = await here(...args).finally(() => {
        for (const name of Object.keys(variables)) delete process.env[name];
        Object.assign(process.env, before);
      });
      assert.deepEqual([outcome.code, outcome.complaints.length], [code, 1], outcome.complaints.join('\n'));
      assert.match(outcome.complaints[0], saidLike(said));
      assert.deepEqual(outcome.said, []);
      assert.deepEqual(readdirSync(place).sort(), ['empty', 'file']);
      assert.deepEqual(readdirSync(join(place, 'empty')), []);
      assert.equal(existsSync(join(outFolder, 'single')), singles);
    });

  it('is tried for every option of every command', () => {
    const files = readdirSync(join(repositoryRoot, 'src', 'commands')).map((name) => name.replace('.ts', ''));
    const commands = files
      .map((name) => require(`../../src/commands/${name}`).command as Command | undefined)
      .filter((command): command is Command => command !== undefined);
    assert.ok(commands.length >= 12);
    for (const { name, options } of commands) {
      const tried = mistakes.map(({ line }) => wordsOf(line).args).filter(([first]) => first === name);
      const words = new Set(tried.flat().map((word) => word.split('=')[0]));
      const forgotten = Object.keys(options).filter((option) => !words.has(`--${option}`));
      assert.deepEqual(forgotten, [], name);
    }
  });
});

describe('bad input to a process of its own', { concurrency: 2 }, () => {
  for (const line of ['reprodcue', 'reproduce --tier qick', 'train --rate fast', 'notebooks --only 99']) {
    const { said } = mistakes.find((mistake) => mistake.line === line)!;
    it(`is told in the same line: ${line}`, async () => {
      const { code, out, err } = await run(...line.split(' '));
      assert.deepEqual([code, out], [2, '']);
      assert.match(err.trimEnd(), saidLike(said));
    });
  }

  it('has a stack where $EQUISPHERE_STACK asks for it', async () => {
    process.env.EQUISPHERE_STACK = '1';
    const ended = run('reproduce', '--tier', 'qick').finally(() => {
      delete process.env.EQUISPHERE_STACK;
    });
    const { code, err } = await ended;
    assert.equal(code, 2);
    assert.match(err, /^UsageError: unknown tier "qick".*\n +at .*check\.ts/);
  });
});
