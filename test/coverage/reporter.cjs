/* The runner's own report, with the lines that ran before its counts. */
const { spec } = require('node:test/reporters');
const { rooms, table } = require('./rooms.cjs');

const reporter = new spec();
const report = reporter._transform.bind(reporter);
let isTold = false;

reporter._transform = (event, encoding, done) => {
  const isCount = event.type === 'test:diagnostic' && /^tests \d+$/.test(event.data.message);
  if (!isCount || isTold) return report(event, encoding, done);
  isTold = true;
  const goOn = (text) => {
    reporter.push(`\n${text}\n`);
    report(event, encoding, done);
  };
  rooms(process.env.EQUISPHERE_COVERAGE).then(
    (found) => goOn(table(found)),
    (error) => goOn(`no coverage: ${error.stack}`),
  );
};

module.exports = reporter;
