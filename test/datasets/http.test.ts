import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { get, proxyOf } from '../../src/datasets/http';
import { temporaryFolder } from './archive_files';

const names = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy', 'NODE_TLS_REJECT_UNAUTHORIZED'];
const variables = names.flatMap((name) => [name, name.toUpperCase()]);
const before = variables.map((name) => process.env[name]);
let open: Server[] = [];

beforeEach(() => {
  for (const name of variables) delete process.env[name];
});

afterEach(() => {
  for (const [i, name] of variables.entries())
    if (before[i] === undefined) delete process.env[name];
    else process.env[name] = before[i];
  for (const server of open) {
    server.closeAllConnections();
    server.close();
  }
  open = [];
});

async function portOf(server: Server): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function textOf(address: string): Promise<string> {
  let text = '';
  for await (const chunk of await get(address, new AbortController().signal)) text += chunk;
  return text;
}

test('the proxy is chosen as curl does', () => {
  const chosen = (address: string, env: NodeJS.ProcessEnv) => proxyOf(new URL(address), env)?.href;
  const [http, https] = ['http://a.example.org/x', 'https://a.example.org/x'];
  assert.equal(chosen(https, {}), undefined);
  assert.equal(chosen(https, { HTTPS_PROXY: 'http://p:1' }), 'http://p:1/');
  assert.equal(chosen(https, { https_proxy: 'p:1' }), 'http://p:1/');
  assert.equal(chosen(https, { HTTP_PROXY: 'http://p:1' }), undefined);
  assert.equal(chosen(http, { HTTP_PROXY: 'http://p:1' }), 'http://p:1/');
  assert.equal(chosen(http, { ALL_PROXY: 'http://p:1' }), 'http://p:1/');
  assert.equal(chosen(http, { HTTP_PROXY: '', ALL_PROXY: 'http://p:1' }), 'http://p:1/');
  for (const exempt of ['*', 'a.example.org', '.example.org', 'example.org:443', 'other, example.org'])
    assert.equal(chosen(https, { HTTPS_PROXY: 'http://p:1', NO_PROXY: exempt }), undefined, exempt);
  for (const other of ['', 'b.example.org', 'ample.org', 'example.or'])
    assert.equal(chosen(https, { HTTPS_PROXY: 'http://p:1', NO_PROXY: other }), 'http://p:1/', other);
  assert.throws(() => chosen(https, { HTTPS_PROXY: 'socks5://p:1' }), /not the address of an HTTP proxy/);
  assert.throws(() => chosen(https, { HTTPS_PROXY: 'http://' }), /not the address of an HTTP proxy/);
});

test('plain HTTP goes through the proxy, with its user', async () => {
  const seen: unknown[] = [];
  const port = await portOf(
    createServer(({ url, headers }, response) => {
      seen.push([url, headers.host, headers['proxy-authorization']]);
      response.end('from the proxy');
    }),
  );
  process.env.HTTP_PROXY = `http://me:a%20word@127.0.0.1:${port}`;
  assert.equal(await textOf('http://mirror.invalid/mnist/x?y=1'), 'from the proxy');
  const user = `Basic ${Buffer.from('me:a word').toString('base64')}`;
  assert.deepEqual(seen, [['http://mirror.invalid/mnist/x?y=1', 'mirror.invalid', user]]);
});

test('addresses of other kinds are refused', async () => {
  await assert.rejects(textOf('file:///etc/passwd'), /not an address of HTTP: file/);
  await assert.rejects(textOf('nonsense'), /Invalid URL/);
});

test('a proxy that refuses is named', async () => {
  const proxy = createServer();
  proxy.on('connect', (_request, socket) => socket.end('HTTP/1.1 403 no\r\n\r\n'));
  const port = await portOf(proxy);
  process.env.HTTPS_PROXY = `http://127.0.0.1:${port}`;
  await assert.rejects(textOf('https://mirror.invalid/x'), {
    message: `the proxy 127.0.0.1:${port} answers with HTTP status 403`,
  });
});

/** A key and a certificate of its own making, where openssl is there. */
function certificate(): { key: Buffer; cert: Buffer } | undefined {
  const folder = temporaryFolder();
  const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=mirror.invalid'],
    ...['-keyout', key, '-out', cert],
  ]);
  return made.status === 0 ? { key: readFileSync(key), cert: readFileSync(cert) } : undefined;
}

test('HTTPS goes through a tunnel of the proxy, and never on to plain HTTP', async (t) => {
  const identity = certificate();
  if (!identity) return t.skip('openssl is not here');
  const secure = await portOf(
    createSecureServer(identity, ({ url, headers }, response) => {
      if (url === '/plain') response.writeHead(302, { location: 'http://mirror.invalid/x' }).end();
      else response.end(`${headers.host} ${url}`);
    }),
  );
  const asked: unknown[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request.url);
    const onward = connect(secure, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 go on\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
  });
  process.env.HTTPS_PROXY = `http://127.0.0.1:${await portOf(proxy)}`;
  await assert.rejects(textOf('https://mirror.invalid/x'), /self.signed/, 'certificates are checked');
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  assert.equal(await textOf('https://mirror.invalid/x'), 'mirror.invalid /x');
  assert.deepEqual(asked, ['mirror.invalid:443', 'mirror.invalid:443']);
  await assert.rejects(textOf('https://mirror.invalid/plain'), /which is not encrypted/);
});
