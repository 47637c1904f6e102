import { formatReport } from '../../../src/engine/contract/report';
import { startEngine } from '../../../src/engine/start';

void startEngine({ engine: 'wasm', threads: 3 }).then((report) => console.log(formatReport(report)));
