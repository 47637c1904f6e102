/*
 * A Slurm cluster of this one machine, in the foreground until Ctrl-C:
 *   node --import tsx test/slurm/cluster.ts
 * It says which environment variable makes sbatch, squeue and the others talk to it.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { availableParallelism, hostname, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeFolder } from '../removed';
import { accountPrograms, startAccounts } from './accounts';
import { Daemons, freePort } from './daemons';

export interface Cluster {
  /** whether it keeps accounts, which sacct reads */
  hasAccounts: boolean;
  /** of programs that talk to it */
  env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

// Debian keeps daemons where only root looks.
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };

/** Of the programs that a cluster needs, those that are not installed. */
export function missingPrograms(): string[] {
  return ['munged', 'slurmctld', 'slurmd', 'sbatch', 'squeue', 'scontrol'].filter(
    (name) => !isInstalled(name),
  );
}

/** Starts munged, slurmctld and slurmd, and the accounts where their programs are installed. */
export async function startCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'slurm-'));
  const conf = join(folder, 'slurm.conf');
  const clusterEnv = { ...env, SLURM_CONF: conf };
  const daemons = new Daemons(folder, clusterEnv);
  const run = (program: string, args: string[]): string =>
    spawnSync(program, args, { encoding: 'utf8', env: clusterEnv }).stdout ?? '';
  const stop = async () => {
    // A job outlives slurmd.
    run('scancel', ['--me']);
    for (let tries = 0; tries < 50 && run('squeue', ['--noheader']) !== ''; tries++) await sleep(200);
    await daemons.stop();
    await removeFolder(folder);
  };
  const hasAccounts = accountPrograms.every(isInstalled);
  try {
    const munge = await startMunge(folder, daemons);
    const accounts = hasAccounts ? await startAccounts(folder, daemons, munge) : '';
    writeFileSync(conf, (await configuration(folder, munge.socket)) + accounts);
    // No job is in a cgroup; the plugin of version 1 is content without any.
    writeFileSync(join(folder, 'cgroup.conf'), 'CgroupPlugin=cgroup/v1\n');
    await daemons.start('slurmctld', ['-D', '-c'], () => run('scontrol', ['ping']).includes('UP'));
    await daemons.start('slurmd', ['-D', '-c'], () => run('sinfo', ['-h', '-o', '%T']).startsWith('idle'));
  } catch (error) {
    await stop();
    throw error;
  }
  return { hasAccounts, env: clusterEnv, stop };
}

async function startMunge(folder: string, daemons: Daemons): Promise<{ socket: string }> {
  const of = (name: string) => join(folder, `munge.${name}`);
  writeFileSync(of('key'), randomBytes(128), { mode: 0o600 });
  const files = ['socket', 'key-file', 'pid-file', 'seed-file', 'log-file'].map(
    (option) => `--${option}=${of(option.replace('-file', ''))}`,
  );
  await daemons.start('munged', ['--foreground', '--force', ...files], () => existsSync(of('socket')));
  return { socket: of('socket') };
}

/** One node, this machine; all of it belongs to the user who starts it. */
async function configuration(folder: string, socket: string): Promise<string> {
  const state = join(folder, 'state');
  const spool = join(folder, 'spool');
  for (const made of [state, spool]) mkdirSync(made);
  const user = spawnSync('id', ['-un'], { encoding: 'utf8' }).stdout.trim();
  const host = hostname().split('.')[0];
  const megabytes = Math.floor((0.9 * totalmem()) / 2 ** 20);
  return `
ClusterName=test
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${await freePort()}
SlurmdPort=${await freePort()}
SlurmUser=${user}
SlurmdUser=${user}
AuthType=auth/munge
AuthInfo=socket=${socket}
StateSaveLocation=${state}
SlurmdSpoolDir=${spool}
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
ReturnToService=2
NodeName=${host} NodeAddr=127.0.0.1 CPUs=${availableParallelism()} RealMemory=${megabytes}
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;
}

function isInstalled(program: string): boolean {
  return env.PATH.split(':').some((folder) => existsSync(join(folder, program)));
}

async function main(): Promise<void> {
  const { env } = await startCluster();
  console.log(`export SLURM_CONF=${env.SLURM_CONF}`);
}

if (require.main === module) void main();
