import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Daemons, freePort, listens } from './daemons';

/** The accounts of a cluster: MariaDB and slurmdbd on this machine. */
export const accountPrograms = ['mariadbd', 'mariadb-install-db', 'slurmdbd'];

/**
 * Starts both.
 * @returns the lines that slurm.conf needs
 */
export async function startAccounts(
  folder: string,
  daemons: Daemons,
  munge: { socket: string },
): Promise<string> {
  const [databasePort, port] = [await freePort(), await freePort()];
  await startDatabase(folder, daemons, databasePort);
  const conf = `
AuthType=auth/munge
AuthInfo=socket=${munge.socket}
DbdHost=localhost
DbdPort=${port}
SlurmUser=root
PidFile=${folder}/slurmdbd.pid
StorageType=accounting_storage/mysql
StorageHost=127.0.0.1
StoragePort=${databasePort}
StorageUser=slurm
StoragePass=slurm
StorageLoc=slurm
`;
  writeFileSync(join(folder, 'slurmdbd.conf'), conf, { mode: 0o600 });
  await daemons.start('slurmdbd', ['-D'], () => listens(port));
  return `
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=localhost
AccountingStoragePort=${port}
AccountingStoragePass=${munge.socket}
`;
}

async function startDatabase(folder: string, daemons: Daemons, port: number): Promise<void> {
  const data = join(folder, 'database');
  mkdirSync(data);
  const made = spawnSync('mariadb-install-db', ['--no-defaults', '--user=root', `--datadir=${data}`], {
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`mariadb-install-db: ${made.error ?? made.stderr}`);
  const options = [`--datadir=${data}`, `--port=${port}`, `--socket=${folder}/database.socket`];
  await daemons.start(
    'mariadbd',
    [
      ...['--no-defaults', '--user=root', '--bind-address=127.0.0.1', '--skip-grant-tables', ...options],
      ...[`--pid-file=${folder}/mariadbd.pid`],
    ],
    () => listens(port),
  );
}
