import { startEngine } from '../../../src/engine/start';

startEngine().then(
  (report) => console.log(JSON.stringify(report)),
  (error: Error) => console.log(JSON.stringify({ error: error.message })),
);
