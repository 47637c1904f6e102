/* Writes docs/licences.md: the licence of every package in package-lock.json. */
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

/** The packages that can be installed, in order: { name, version, licence (an SPDX expression), isForDevelopment }. */
function packages() {
  const lock = JSON.parse(readFileSync(join(__dirname, '..', 'package-lock.json'), 'utf8'));
  const all = Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, { name = path.split('node_modules/').at(-1), version, license, dev = false }]) => ({
      name,
      version,
      licence: license,
      isForDevelopment: dev,
    }));
  const once = new Map(all.map((found) => [`${found.name} ${found.version}`, found]));
  return [...once.keys()].sort().map((key) => once.get(key));
}

/** The text of docs/licences.md. */
function page() {
  const found = packages();
  const sections = [
    ['What it runs on', found.filter((one) => !one.isForDevelopment)],
    ['For development only', found.filter((one) => one.isForDevelopment)],
  ];
  return `# Licences

This project is under the MIT licence (\`LICENSE\`). \`npm ci\` fetches the packages below, each under its own; none is part of
the repository but for what this table names. Made from \`package-lock.json\` by \`npm run licences\`.

| in the repository | of | licence |
| --- | --- | --- |
| \`figures/plotly-cartesian.min.js\` | plotly.js, © Plotly, Inc. | MIT, in its head |
| \`figures/turn-the-digit.html\` | TensorFlow.js, © Google LLC, with its dependencies | theirs, at the end of its script |
| letters in \`figures/*.png\` | Open Sans, © The Open Sans Project Authors | OFL 1.1 |
| digits in results, figures and notebooks | MNIST and FashionMNIST | CC BY-SA 3.0 and MIT, see \`data/README.md\` |

${sections.map(([title, members]) => section(title, members)).join('\n')}`;
}

function section(title, members) {
  const licences = [...new Set(members.map(({ licence }) => String(licence)))].sort();
  const rows = licences.map((licence) => {
    const names = members.filter((one) => String(one.licence) === licence);
    return `| ${licence} | ${names.map(({ name, version }) => `${name} ${version}`).join(', ')} |`;
  });
  return `## ${title}\n\n| licence | packages |\n| --- | --- |\n${rows.join('\n')}\n`;
}

module.exports = { packages, page };
if (require.main === module) writeFileSync(join(__dirname, 'licences.md'), page());
