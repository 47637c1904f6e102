import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle';
import type { Payload } from './payload';

/** The page, whole in one file: markup, style, scripts and what they work with. */
export async function documentOf(payload: Payload): Promise<string> {
  const [main, worker] = [await bundle('main.ts'), await bundle('worker.ts')];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Turn the digit: which network still knows it?</title>
<link rel="icon" href="data:,">
<style>
${source('page.css')}</style>
</head>
<body>
${source('body.html')}<script type="application/json" id="payload">${JSON.stringify(payload).replaceAll('<', '\\u003c')}</script>
<script type="text/plain" id="worker">${inScript(worker)}</script>
<script>${inScript(main)}</script>
</body>
</html>
`;
}

function source(name: string): string {
  return readFileSync(join(__dirname, name), 'utf8');
}

/** A script that no text in it ends. */
function inScript(script: string): string {
  return script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}
