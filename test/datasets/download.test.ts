import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type Clock, downloadArchive } from '../../src/datasets/download';
import { readFolder } from '../../src/datasets/folder';
import { idxLabels, packedNames, temporaryFolder, tinyArchive, writePacked } from './archive_files';

const { archive, content } = tinyArchive();
const names = packedNames(archive).sort();
let server: Server;
let address = '';
let requests: string[] = [];

/** A clock that stands still until a mirror moves it. */
class StillClock implements Clock {
  time = 0;
  /** called when the client begins to wait, for an answer or for more of it */
  onWait = () => {};
  private expire: () => void = () => {};

  now(): number {
    return this.time;
  }

  after(_milliseconds: number, run: () => void): () => void {
    this.expire = run;
    this.onWait();
    return () => {
      if (this.expire === run) this.expire = () => {};
    };
  }

  /** Lets the client's patience end. */
  end(): void {
    this.expire();
  }
}

let clock = new StillClock();

/** One server, a folder for each way a mirror can behave. */
const behaviour: Record<string, RequestListener> = {
  good: (request, response) => response.end(packed(request.url)),
  unpacked: (request, response) => response.end(content.get(nameOf(request.url))),
  moved: (request, response) =>
    response.writeHead(302, { location: `/good/${nameOf(request.url)}.gz` }).end(),
  circle: (request, response) => response.writeHead(302, { location: request.url }).end(),
  gone: (_, response) => response.writeHead(404).end('not here'),
  page: (_, response) => response.end('<html>sign in first</html>'),
  wrong: (_, response) => response.end(gzipSync(idxLabels(10).fill(3, 8))),
  silent: () => clock.end(),
  stalling: (request, response) => {
    clock.onWait = () => {
      clock.onWait = () => {};
      setImmediate(() => clock.end());
    };
    response.write(packed(request.url).subarray(0, 20));
  },
  dripping: (_, response) => {
    clock.onWait = () => {
      clock.time += 1000;
      response.write('x');
    };
    response.write('x');
  },
  endless: (_, response) => {
    const more = (): unknown => response.write(Buffer.alloc(500), (error) => !error && setImmediate(more));
    more();
  },
  broken: (request, response) => {
    const body = packed(request.url);
    response.writeHead(200, { 'content-length': body.length });
    response.write(body.subarray(0, body.length / 2), () => response.destroy());
  },
  short: (request, response) => {
    const body = packed(request.url);
    response.end(body.subarray(0, body.length - 10));
  },
};

before(async () => {
  process.env.NO_PROXY = '127.0.0.1';
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    behaviour[(request.url ?? '').split('/')[1]](request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

function nameOf(url = ''): string {
  return url.split('/')[2].replace('.gz', '');
}

function packed(url = ''): Buffer {
  return gzipSync(content.get(nameOf(url)) as Buffer);
}

async function download(folder: string, ...mirrors: string[]): Promise<string[]> {
  const log: string[] = [];
  requests = [];
  clock = new StillClock();
  const options = { mirrors: mirrors.map((name) => `${address}/${name}`), clock };
  await downloadArchive(folder, archive, { ...options, log: (line) => log.push(line) });
  return log;
}

test('a whole set arrives and can be read', async () => {
  const folder = temporaryFolder();
  const log = await download(folder, 'good');
  assert.deepEqual(readdirSync(folder).sort(), names);
  assert.equal(readFolder(folder, archive).train.count, 20);
  assert.equal(log.length, 4);
  assert.match(log[0], /checksum right/);
});

test('a mirror may send on to another address', async () => {
  const folder = temporaryFolder();
  assert.equal((await download(folder, 'moved')).length, 4);
  assert.equal(readFolder(folder, archive).test.count, 10);
});

test('a server that unpacks on the way is understood', async () => {
  const folder = temporaryFolder();
  await download(folder, 'unpacked');
  assert.ok(existsSync(join(folder, archive.trainImages.name)));
  assert.equal(readFolder(folder, archive).test.count, 10);
});

const faulty: [string, RegExp][] = [
  ['gone', /HTTP status 404/],
  ['page', /not an IDX file/],
  ['wrong', /the content is not the original's/],
  ['circle', /sent on more than 5 times/],
  ['silent', /no answer for 5 s/],
  ['stalling', /no answer for 5 s/],
  ['dripping', /slower than 10 kB\/s/],
  ['endless', /more than the 18 bytes of the file/],
  ['broken', /aborted|closed/],
  ['short', /cut short/],
];

for (const [mirror, message] of faulty) {
  test(`mirror "${mirror}": nothing is left behind and the next one is asked`, async () => {
    const alone = temporaryFolder();
    await assert.rejects(download(alone, mirror), /no mirror serves t10k-labels-idx1-ubyte.gz/);
    assert.deepEqual(readdirSync(alone), []);
    const folder = temporaryFolder();
    const log = await download(folder, mirror, 'good');
    assert.match(log[0], message);
    assert.equal(log.length, 5, 'a mirror that failed is not asked again');
    assert.deepEqual(readdirSync(folder).sort(), names);
  });
}

test('a server that cannot be reached is a reason, too', async () => {
  const log: string[] = [];
  const options = { mirrors: ['http://127.0.0.1:1'], log: (line: string) => log.push(line) };
  await assert.rejects(downloadArchive(temporaryFolder(), archive, options), /no mirror serves/);
  assert.match(log[0], /127\.0\.0\.1:1\/t10k-labels.*(ECONNREFUSED|bad port)/);
});

test('a folder that cannot be written is an error that no mirror is asked about', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  const message = /cannot download to .*file.mnist \(.*file: expected a folder, found a file\)/;
  await assert.rejects(download(join(file, 'mnist'), 'good'), { name: 'UsageError', message });
  assert.deepEqual(requests, []);
});

test('a file that cannot be put in place is an error, not a reason to ask another mirror', async () => {
  const folder = temporaryFolder();
  behaviour.blocking = (request, response) => {
    // The name of the temporary file is taken by a folder: what a full disk does, too, ends in an error of writing.
    mkdirSync(join(folder, `${nameOf(request.url)}.gz.${process.pid}.tmp`), { recursive: true });
    response.end(packed(request.url));
  };
  await assert.rejects(download(folder, 'blocking', 'good'), {
    name: 'UsageError',
    message: /cannot download to .*EISDIR/,
  });
  assert.equal(requests.length, 1);
});

test('only what is missing is fetched', async () => {
  const folder = temporaryFolder();
  const some = [...content].filter(([name]) => name.startsWith('train'));
  writePacked(folder, new Map(some));
  await download(folder, 'good');
  assert.deepEqual(requests.sort(), ['/good/t10k-images-idx3-ubyte.gz', '/good/t10k-labels-idx1-ubyte.gz']);
});
